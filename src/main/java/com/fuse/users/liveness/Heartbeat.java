package com.fuse.users.liveness;

import com.fuse.users.run.RunLogContext;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps an attempt's lock alive: at once, and then once a second, it uses the lock's own connection to ask whether the run
 * is to stop or to wait. If the connection is lost, the attempt is aborted and its other connections are cut off, because either the
 * database is out of reach and waiting for it would hang, or another process may take the run over.
 */
public final class Heartbeat implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 1_000;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread heartbeat = new Thread(task, "heartbeat");
        heartbeat.setDaemon(true);
        return heartbeat;
    });
    private final InterruptibleDataSource connections;
    private final AttemptState attempt;

    /** Starts the heartbeat. The first one is over when this returns, so that what operators ask is known. */
    public Heartbeat(RunDatabase database, AttemptState attempt) {
        this.connections = database.dataSource();
        this.attempt = attempt;
        beat();
        if (thread.isShutdown()) {
            return;
        }
        var unused = thread.scheduleWithFixedDelay(
                RunLogContext.propagating(this::beat), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            attempt.heartbeat();
        } catch (RuntimeException e) {
            attempt.abort();
            connections.cutOff();
            // Later connections stay, because the failure is recorded through them.
            thread.shutdown();
        }
    }

    /** Returns when the lock's connection is no longer used from here. */
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
