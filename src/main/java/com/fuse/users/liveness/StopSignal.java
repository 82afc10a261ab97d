package com.fuse.users.liveness;

import com.fuse.users.exit.ExitCode;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether this process was asked to stop, and the exit code for it. Work checks the signal between chunks;
 * committed work stays, and the same command resumes the run. Thread-safe.
 */
public final class StopSignal {

    private record Request(ExitCode exitCode, @Nullable String why) {}

    private final AtomicReference<@Nullable Request> request = new AtomicReference<>();

    /**
     * Asks to stop; the first request counts.
     *
     * @param exitCode the command's exit code: {@link ExitCode#STOPPED} or {@link ExitCode#INTERRUPTED}
     */
    public void request(ExitCode exitCode) {
        request.compareAndSet(null, new Request(exitCode, null));
    }

    /**
     * Asks to stop for a reason that the operator does not know; the first request counts.
     *
     * @param why a sentence for people, without its period
     */
    public void request(ExitCode exitCode, String why) {
        request.compareAndSet(null, new Request(exitCode, why));
    }

    public boolean isRequested() {
        return request.get() != null;
    }

    /** The command's exit code; null if there was no request to stop. */
    public @Nullable ExitCode exitCode() {
        Request first = request.get();
        return first == null ? null : first.exitCode();
    }

    /** Why the run is to stop, in a sentence without its period; null if the operator knows. */
    public @Nullable String why() {
        Request first = request.get();
        return first == null ? null : first.why();
    }
}
