package com.fuse.users.cli;

import com.fuse.users.change.RowCounts;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.operation.Confirmation;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.SummaryText;
import com.fuse.users.terminal.Terminal;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows on the terminal what the run would change and asks for confirmation. Without a terminal it refuses. If the run
 * would change no user, it asks nothing.
 */
record TerminalConfirmation(Console console, Signals signals) implements Confirmation {

    private static final String UNANSWERED = "the run was not confirmed; run it again and answer, or use --yes";
    private static final Set<String> YES = Set.of("y", "yes");

    @Override
    public void require(long changes, String question, Supplier<RowCounts> rows) {
        if (!Terminal.isInteractive()) {
            throw new RefusedException(
                    ExitCode.REFUSED, "there is no terminal to confirm the run on; run it again with --yes");
        }
        if (changes == 0) {
            return;
        }
        @Nullable
        String answer = signals.exitingAtOnce(UNANSWERED, () -> {
            console.print(SummaryText.of(rows.get(), true));
            console.println("");
            return console.ask(question + " [y/N]");
        });
        if (answer == null || !YES.contains(answer.strip().toLowerCase(Locale.ROOT))) {
            throw new RefusedException(
                    ExitCode.REFUSED, "the run was not confirmed; run it again and answer y, or use --yes");
        }
    }
}
