package com.fuse.users.liveness;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The right to work on a run during one attempt: the manager holds the run's lock, a helper depends on the manager's. */
public interface AttemptLock {

    /**
     * Ties the caller's transaction to the lock: a process that takes the lock over ends this transaction.
     *
     * @throws RunLockLostException if the manager has lost the lock, or the attempt has ended: roll the transaction back
     */
    void join(JdbcClient transaction);

    /** Whether the manager still holds the lock; the answer may be stale when it arrives. */
    boolean isHeld();

    /** The manager's server process that holds the run's lock. */
    long pid();

    /** Whether this process makes the attempt, and does not only help. */
    boolean isManager();

    /**
     * Shows that this process lives, and asks what is wanted of it.
     *
     * @throws org.springframework.dao.DataAccessException if the connection is lost, and what it holds with it
     */
    Requests requests(long runId);

    /**
     * What is wanted of a process.
     *
     * @param stop whether an operator wants the run to stop
     * @param pause whether an operator wants the run to wait
     * @param over whether there is nothing left to help with
     */
    record Requests(boolean stop, boolean pause, boolean over) {

        static Requests of(JdbcClient jdbc, long runId, boolean over) {
            return jdbc.sql("select stop_requested_at is not null as stop, pause_requested_at is not null as pause,"
                            + " :over as over from fuse_batch.runs where id = :run")
                    .param("over", over)
                    .param("run", runId)
                    .query(Requests.class)
                    .single();
        }
    }
}
