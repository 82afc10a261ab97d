package com.fuse.users.liveness;

import com.fuse.users.run.RunKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The session that holds a run's lock, as other sessions see it.
 *
 * @param number the number of the lock
 * @param pid the server process of the session
 */
record LockHolder(long number, long pid) {

    /** Transactions share a lock with the same number in PostgreSQL's other space of lock numbers. */
    private static final String JOIN = "select pg_advisory_xact_lock_shared(:high, :low)";

    private static final String JOIN_ALONE = "select pg_advisory_xact_lock(:high, :low)";

    private static final String IS_HELD = "exists (select from (" + RunLock.HELD + ") l"
            + " where l.of_session and l.number = :number and l.pid = :pid)";

    /** The same session may hold the lock again for the next attempt. */
    private static final String IS_HELD_FOR_ATTEMPT = IS_HELD
            + " and exists (select from fuse_batch.batch_job_execution e join fuse_batch.runs r using (job_instance_id)"
            + " where e.job_execution_id = :attempt and e.status in ('STARTING', 'STARTED') and r.ended_at is null)";

    static LockHolder of(RunKey key, long pid) {
        return new LockHolder(key.lockNumber(), pid);
    }

    /** Takes part in the lock until the end of the transaction. */
    void join(JdbcClient transaction) {
        lock(transaction, JOIN);
    }

    /** The same, once all other transactions that have joined are over. Those that join later wait for this one. */
    void joinAlone(JdbcClient transaction) {
        lock(transaction, JOIN_ALONE);
    }

    private void lock(JdbcClient transaction, String sql) {
        transaction
                .sql(sql)
                .param("high", (int) (number >> Integer.SIZE))
                .param("low", (int) number)
                .query()
                .listOfRows();
    }

    boolean isHeld(JdbcClient jdbc) {
        return jdbc.sql("select " + IS_HELD)
                .param("number", number)
                .param("pid", pid)
                .query(Boolean.class)
                .single();
    }

    /** Whether the session holds the lock for this attempt, and neither the attempt nor the run has ended. */
    boolean isHeldFor(long jobExecution, JdbcClient jdbc) {
        return jdbc.sql("select " + IS_HELD_FOR_ATTEMPT)
                .param("number", number)
                .param("pid", pid)
                .param("attempt", jobExecution)
                .query(Boolean.class)
                .single();
    }
}
