package com.fuse.users.job;

import com.fuse.users.run.ExitCode;
import com.fuse.users.run.RunLock;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks every second, on the lock's own connection, whether the run is to stop and whether the lock still holds. An
 * attempt that has lost its lock is aborted: another process may take the run over.
 */
final class LockWatch implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 1_000;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "lock-watch");
        watch.setDaemon(true);
        return watch;
    });
    private final RunLock lock;
    private final long runId;
    private final Attempt attempt;

    LockWatch(RunLock lock, long runId, Attempt attempt) {
        this.lock = lock;
        this.runId = runId;
        this.attempt = attempt;
        thread.scheduleWithFixedDelay(this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (lock.isStopRequested(runId)) {
                attempt.stop().request(ExitCode.STOPPED);
            }
        } catch (SQLException e) {
            attempt.abort();
        }
    }

    /** Returns once the lock's connection is no longer used from here. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        try {
            while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                continue;
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
