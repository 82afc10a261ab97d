package com.fuse.users.liveness;

import com.fuse.users.run.OpenAttempt;
import com.fuse.users.run.RunKey;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ties a helper to the attempt of another process. Its transactions join the manager's lock, so they end with it, and they
 * begin only as long as the attempt lasts.
 *
 * <p>The helper also leases each partition that it works on: a session-level lock on a connection of its own shows the
 * manager that the partition's process lives. Like the run's lock, it expires after 15 s without a heartbeat.
 *
 * <p>Thread-safe.
 */
public final class HelperLock implements AttemptLock, AutoCloseable {

    /** The upper half of a lease's number; the lower half is the step execution. No run's key is likely to begin with it. */
    private static final int LEASES = 0x4C454153;

    /** Selects whether a helper that lives works on the partition {@code s.step_execution_id}. */
    public static final String IS_LEASED = "exists (select from (" + RunLock.HELD
            + ") l where not l.of_session and l.number = (" + LEASES
            + "::bigint << 32) | (s.step_execution_id & x'ffffffff'::bigint))";

    private static final Logger LOG = LoggerFactory.getLogger(HelperLock.class);

    private final Connection connection;
    private final JdbcClient jdbc;
    private final LockHolder manager;
    private final OpenAttempt attempt;

    private HelperLock(Connection connection, LockHolder manager, OpenAttempt attempt) throws SQLException {
        this.connection = connection;
        this.jdbc = RunLock.expiring(connection);
        this.manager = manager;
        this.attempt = attempt;
    }

    /** Keeps a connection of the data source until the lock is closed. */
    public static HelperLock open(DataSource dataSource, RunKey key, OpenAttempt attempt) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            return new HelperLock(connection, LockHolder.of(key, attempt.lockPid()), attempt);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void join(JdbcClient transaction) {
        manager.join(transaction);
        if (!manager.isHeldFor(attempt.jobExecution(), transaction)) {
            throw new RunLockLostException();
        }
    }

    /** Whether the attempt goes on; true if the database does not answer. */
    public boolean isOpen(JdbcClient anyConnection) {
        try {
            return manager.isHeldFor(attempt.jobExecution(), anyConnection);
        } catch (DataAccessException e) {
            LOG.debug("attempt not known to be over", e);
            return true;
        }
    }

    /** Leases a partition until {@link #release}, or until this process is dead. False if another helper has it. */
    public synchronized boolean lease(long stepExecution) {
        return call("select pg_try_advisory_lock(:leases, :partition)", stepExecution);
    }

    /** Ends the lease of a partition. */
    public synchronized void release(long stepExecution) {
        call("select pg_advisory_unlock(:leases, :partition)", stepExecution);
    }

    private boolean call(String sql, long stepExecution) {
        return jdbc.sql(sql)
                .param("leases", LEASES)
                .param("partition", (int) stepExecution)
                .query(Boolean.class)
                .single();
    }

    @Override
    public synchronized boolean isHeld() {
        try {
            return manager.isHeldFor(attempt.jobExecution(), jdbc);
        } catch (DataAccessException e) {
            LOG.debug("helper's connection lost", e);
            return false;
        }
    }

    @Override
    public long pid() {
        return manager.pid();
    }

    @Override
    public boolean isManager() {
        return false;
    }

    /** Keeps the leases for another 15 s. */
    @Override
    public synchronized Requests requests(long runId) {
        return Requests.of(jdbc, runId, !manager.isHeldFor(attempt.jobExecution(), jdbc));
    }

    @Override
    public synchronized void close() {
        try (connection) {
            jdbc.sql("select pg_advisory_unlock_all()").query().listOfRows();
            jdbc.sql(RunLock.LASTING).update();
        } catch (SQLException | DataAccessException e) {
            // The connection is lost, and the leases with it.
            LOG.debug("helper's connection lost", e);
        }
    }
}
