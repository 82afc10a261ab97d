package com.fuse.users.liveness;

import com.fuse.users.exit.ExitCode;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process was asked to stop, and by whom. Work looks at it between chunks; what is committed stays, and
 * the same command resumes. Thread-safe.
 */
public final class StopSignal {

    private final AtomicReference<@Nullable ExitCode> reason = new AtomicReference<>();

    /**
     * Asks to stop; the first request counts.
     *
     * @param exitCode what the command ends with: {@link ExitCode#STOPPED} or {@link ExitCode#INTERRUPTED}
     */
    public void request(ExitCode exitCode) {
        reason.compareAndSet(null, exitCode);
    }

    public boolean isRequested() {
        return reason.get() != null;
    }

    /** What the command ends with; null if nobody asked to stop. */
    public @Nullable ExitCode exitCode() {
        return reason.get();
    }
}
