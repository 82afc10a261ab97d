package com.fuse.users.cli;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.ConsoleMonitor;
import java.util.function.IntUnaryOperator;
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
    private final IntUnaryOperator status;
    private volatile @Nullable String messageAtOnce;
    private volatile @Nullable ConsoleMonitor monitor;

    /** @param status makes the exit status of the command of that of a signal */
    Signals(StopSignal stop, Console console, CommandEnd end, IntUnaryOperator status) {
        this.stop = stop;
        this.console = console;
        this.end = end;
        this.status = status;
    }

    void install() {
        handle("TERM", ExitCode.STOPPED);
        handle("INT", ExitCode.INTERRUPTED);
    }

    /** The note about a signal ends the live line of this run, which would overwrite it. */
    void interruptLiveLineOf(ConsoleMonitor running) {
        monitor = running;
    }

    /**
     * Does work during which a signal ends the process at once, because a prompt or a blocking read cannot be
     * cancelled. So does a signal that came before: the work does not begin.
     *
     * @param message printed if a signal comes
     */
    <T> T exitingAtOnce(String message, Supplier<T> work) {
        messageAtOnce = message;
        try {
            ExitCode requested = stop.exitCode();
            if (requested != null) {
                printAndExit(requested, message);
            }
            return work.get();
        } finally {
            messageAtOnce = null;
        }
    }

    private void handle(String signal, ExitCode exitCode) {
        Signal.handle(new Signal(signal), received -> {
            String message = messageAtOnce;
            if (message != null) {
                printAndExit(exitCode, message);
            }
            if (stop.isRequested()) {
                exit(exitCode, "stopped at once; the same command resumes the run");
            }
            stop.request(exitCode);
            ConsoleMonitor running = monitor;
            if (running != null) {
                running.endLiveLine();
            }
            console.note("Stopping after the current chunk; a second signal stops at once");
        });
    }

    private void printAndExit(ExitCode signal, String message) {
        console.note("fuse-users: " + message);
        exit(signal, message);
    }

    private void exit(ExitCode signal, String message) {
        end.failed(signal, message);
        int exit = status.applyAsInt(signal.status());
        end.exitsNow(exit);
        // Not halt(): the shutdown hooks delete the copies of standard input.
        System.exit(exit);
    }
}
