package com.fuse.users.cli;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.terminal.Console;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT ask the run to stop after its current chunk. A second signal ends the process at once, which loses
 * nothing either. Shutdown hooks would not do: they run while the work goes on, and cannot choose the exit code.
 */
final class Signals {

    private final StopSignal stop;
    private final Console console;
    private final CommandEnd end;
    private volatile @Nullable String messageAtOnce;

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
     * Does work during which a signal ends the process at once, because a prompt or a blocking read cannot be
     * cancelled.
     *
     * @param message printed if a signal comes
     */
    <T> T exitingAtOnce(String message, Supplier<T> work) {
        messageAtOnce = message;
        try {
            return work.get();
        } finally {
            messageAtOnce = null;
        }
    }

    private void handle(String signal, ExitCode exitCode) {
        Signal.handle(new Signal(signal), received -> {
            String message = messageAtOnce;
            if (message != null) {
                console.note("fuse-users: " + message);
            }
            if (message != null || stop.isRequested()) {
                end.exitsNow(exitCode, message == null ? "stopped at once; the same command resumes the run" : message);
                // Not halt(): the shutdown hooks delete the copies of standard input.
                System.exit(exitCode.status());
            }
            stop.request(exitCode);
            console.note("Stopping after the current chunk; a second signal stops at once");
        });
    }
}
