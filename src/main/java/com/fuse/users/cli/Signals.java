package com.fuse.users.cli;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.terminal.Console;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT ask the run to stop after its current chunk; a second one ends the process at once, which loses
 * nothing either. Handled here and not by shutdown hooks, which run side by side with the work that they would stop,
 * and cannot choose the exit code.
 */
final class Signals {

    private final StopSignal stop;
    private final Console console;
    private final CommandEnd end;
    private volatile @Nullable String saidAtOnce;

    Signals(StopSignal stop, Console console, CommandEnd end) {
        this.stop = stop;
        this.console = console;
        this.end = end;
    }

    void install() {
        handle("TERM", ExitCode.STOPPED);
        handle("INT", ExitCode.INTERRUPTED);
    }

    /**
     * Lets a signal end the process at once meanwhile: nobody can call back a question from the terminal, nor reading.
     *
     * @param said what the operator is told then
     */
    <T> T exitingAtOnce(String said, Supplier<T> work) {
        saidAtOnce = said;
        try {
            return work.get();
        } finally {
            saidAtOnce = null;
        }
    }

    private void handle(String signal, ExitCode exitCode) {
        Signal.handle(new Signal(signal), received -> {
            String said = saidAtOnce;
            if (said != null) {
                console.note("fuse-users: " + said);
            }
            if (said != null || stop.isRequested()) {
                end.exitsNow(exitCode, said == null ? "stopped at once; the same command resumes" : said);
                // Copies of standard input are deleted.
                System.exit(exitCode.status());
            }
            stop.request(exitCode);
            console.note("Stopping after the current chunk; once more stops at once");
        });
    }
}
