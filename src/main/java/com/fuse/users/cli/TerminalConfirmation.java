package com.fuse.users.cli;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.operation.Confirmation;
import com.fuse.users.tables.RowCounts;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.SummaryText;
import com.fuse.users.terminal.Terminal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows on the terminal what the run would change and asks for confirmation. Without a terminal it refuses. If there is
 * no question, it asks nothing.
 */
record TerminalConfirmation(Console console, Signals signals) implements Confirmation {

    private static final String UNANSWERED = "the run was not confirmed; run it again and answer, or use --yes";

    @Override
    public void require(long changes, @Nullable String question, Supplier<RowCounts> rows) {
        if (!Terminal.isInteractive()) {
            throw new RefusedException(
                    ExitCode.REFUSED, "there is no terminal to confirm the run on; run it again with --yes");
        }
        if (question == null) {
            return;
        }
        boolean confirmed = signals.exitingAtOnce(UNANSWERED, () -> {
            console.print(SummaryText.of(rows.get(), true));
            console.println("");
            return console.confirms(question);
        });
        if (!confirmed) {
            throw new RefusedException(
                    ExitCode.REFUSED, "the run was not confirmed; run it again and answer y, or use --yes");
        }
    }
}
