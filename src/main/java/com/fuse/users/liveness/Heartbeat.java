package com.fuse.users.liveness;

/**
 * Keeps an attempt's lock alive: at once, and then once a second, it uses the lock's own connection to ask whether the run
 * is to stop or to wait. If the connection is lost, the attempt is aborted and its other connections are cut off, because either the
 * database is out of reach and waiting for it would hang, or another process may take the run over.
 */
public final class Heartbeat implements AutoCloseable {

    private final EverySecond thread = new EverySecond("heartbeat");
    private final InterruptibleDataSource connections;
    private final AttemptState attempt;

    /** Starts the heartbeat. The first one is over when this returns, so that what operators ask is known. */
    public Heartbeat(RunDatabase database, AttemptState attempt) {
        this.connections = database.dataSource();
        this.attempt = attempt;
        thread.start(this::beat);
    }

    private void beat() {
        try {
            attempt.heartbeat();
        } catch (RuntimeException e) {
            attempt.abort();
            connections.cutOff();
            // Later connections stay, because the failure is recorded through them.
            thread.end();
        }
    }

    /** Returns when the lock's connection is no longer used from here. */
    @Override
    public void close() {
        thread.end();
        thread.awaitEnd();
    }
}
