package com.fuse.users.liveness;

import com.fuse.users.exit.ExitCode;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether this process was asked to stop, and the exit code for it. Work checks the signal between chunks;
 * committed work stays, and the same command resumes the run. Thread-safe.
 */
public final class StopSignal {

    private final AtomicReference<@Nullable ExitCode> reason = new AtomicReference<>();

    /**
     * Asks to stop; the first request counts.
     *
     * @param exitCode the command's exit code: {@link ExitCode#STOPPED} or {@link ExitCode#INTERRUPTED}
     */
    public void request(ExitCode exitCode) {
        reason.compareAndSet(null, exitCode);
    }

    public boolean isRequested() {
        return reason.get() != null;
    }

    /** The command's exit code; null if there was no request to stop. */
    public @Nullable ExitCode exitCode() {
        return reason.get();
    }
}
