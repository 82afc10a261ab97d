package com.fuse.users.job;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.liveness.InterruptibleDataSource;
import com.fuse.users.run.RunLogContext;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks every second, on the lock's own connection, whether the run is to stop and whether the lock still holds; that
 * is the sign of life that keeps it. An attempt that has lost its lock is aborted, and its connections are cut off:
 * either the database is out of reach, and waiting for it would hang, or another process may take the run over.
 */
final class LockWatch implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 1_000;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "lock-watch");
        watch.setDaemon(true);
        return watch;
    });
    private final InterruptibleDataSource connections;
    private final long runId;
    private final Attempt attempt;

    LockWatch(InterruptibleDataSource connections, long runId, Attempt attempt) {
        this.connections = connections;
        this.runId = runId;
        this.attempt = attempt;
        thread.scheduleWithFixedDelay(
                RunLogContext.propagating(this::look), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (attempt.lock().isStopRequested(runId)) {
                attempt.stop().request(ExitCode.STOPPED);
            }
            attempt.databaseAnswered();
        } catch (SQLException e) {
            attempt.abort();
            connections.cutOff();
            // Not those too by which the failure is put on record.
            thread.shutdown();
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
