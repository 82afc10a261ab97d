package com.fuse.users.cli;

import com.fuse.users.change.Forecast;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.operation.Confirmation;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.SummaryText;
import com.fuse.users.terminal.Terminal;
import java.util.function.Supplier;

/** Shows on the terminal what the run would do, and asks for confirmation. */
record TerminalConfirmation(Console console, Signals signals) implements Confirmation {

    private static final String UNANSWERED = "the run was not confirmed; run it again and answer, or use --yes";

    @Override
    public void requirePossible() {
        if (!Terminal.canAsk()) {
            throw new RefusedException(
                    ExitCode.REFUSED, "there is no terminal to confirm the run on; run it again with --yes");
        }
    }

    @Override
    public void require(long changes, String question, Supplier<Forecast> forecast) {
        boolean confirmed = signals.exitingAtOnce(
                UNANSWERED, () -> console.confirms(SummaryText.of(forecast.get()) + "\n", question));
        if (!confirmed) {
            throw new RefusedException(
                    ExitCode.REFUSED, "the run was not confirmed; run it again and answer y, or use --yes");
        }
    }
}
