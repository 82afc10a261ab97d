package com.fuse.users.cli;

import com.fuse.users.preflight.Confirmation;
import com.fuse.users.preflight.Preview;
import com.fuse.users.run.ExitCode;
import com.fuse.users.run.RefusedException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks on the terminal, and refuses where there is none. */
record TerminalConfirmation(Console console, Signals signals) implements Confirmation {

    private static final Set<String> YES = Set.of("y", "yes");

    @Override
    public void require(Preview preview) {
        if (!console.isTerminal()) {
            throw new RefusedException(
                    ExitCode.REFUSED, "there is no terminal to confirm the run on; run it again with --yes");
        }
        String question = String.format(Locale.ROOT, "Deactivate %,d users? [y/N]", preview.changes());
        @Nullable String answer = signals.exitingAtOnce(() -> console.ask(question));
        if (answer == null || !YES.contains(answer.strip().toLowerCase(Locale.ROOT))) {
            throw new RefusedException(
                    ExitCode.REFUSED, "the run was not confirmed; run it again and answer y, or use --yes");
        }
    }
}
