package com.fuse.users.cli;

import com.fuse.users.run.ExitCode;
import com.fuse.users.run.StopSignal;
import java.util.function.Supplier;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT ask the run to stop after its current chunk; a second one ends the process at once, which loses
 * nothing either. Handled here and not by shutdown hooks, which run side by side with the work that they would stop,
 * and cannot choose the exit code.
 */
final class Signals {

    private final StopSignal stop;
    private final Console console;
    private volatile boolean asking;

    Signals(StopSignal stop, Console console) {
        this.stop = stop;
        this.console = console;
    }

    void install() {
        handle("TERM", ExitCode.STOPPED);
        handle("INT", ExitCode.INTERRUPTED);
    }

    /** Lets a signal end the process at once meanwhile: nobody can call back a question from the terminal. */
    <T> T exitingAtOnce(Supplier<T> question) {
        asking = true;
        try {
            return question.get();
        } finally {
            asking = false;
        }
    }

    private void handle(String signal, ExitCode exitCode) {
        Signal.handle(new Signal(signal), received -> {
            if (asking) {
                console.note("fuse-users: the run was not confirmed; run it again and answer, or use --yes");
            }
            if (asking || stop.isRequested()) {
                Runtime.getRuntime().halt(exitCode.status());
            }
            stop.request(exitCode);
            console.note("Stopping after the current chunk; once more stops at once");
        });
    }
}
