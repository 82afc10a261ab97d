package com.fuse.users.liveness;

import com.fuse.users.run.RunKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Shows that a process is working on a run: a session-level advisory lock on a connection of its own. The database
 * releases it when the process dies, and also after 15 s without a heartbeat, because the connection of a frozen
 * process would keep the lock.
 *
 * <p>A process that lost the lock may come back. Therefore every transaction that stages, changes users or ends the run
 * joins the lock first. A process that takes the lock over ends the transactions that joined it before; a transaction
 * that joins later learns that the lock is lost.
 *
 * <p>Not thread-safe, except for {@link #join}.
 */
public final class RunLock implements AttemptLock, AutoCloseable {

    /** All advisory locks in this database, with their numbers. */
    public static final String HELD = """
            select pid, objsubid = 1 as of_session, (classid::bigint << 32) | objid::bigint as number
            from pg_locks
            where locktype = 'advisory' and granted
              and database = (select oid from pg_database where datname = current_database())""";

    private static final String IS_JOINED =
            "select exists (select from (" + HELD + ") l where not l.of_session and l.number = :number)";

    private static final String END_JOINED = "select count(pg_terminate_backend(l.pid)) > 0 from (" + HELD
            + ") l join pg_stat_activity a using (pid)"
            + " where not l.of_session and l.number = :number and pg_has_role(a.usesysid, 'usage')";

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    /** If a heartbeat gets no answer in this time, the connection counts as lost. */
    private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

    /** Without a heartbeat in this time, the process counts as dead. */
    private static final String EXPIRING = "set idle_session_timeout = '15s'";

    static final String LASTING = "reset idle_session_timeout";

    private static final int LOOKS_UNTIL_ENDED = 50;
    private static final long NANOS_BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Connection connection;
    private final JdbcClient jdbc;
    private final LockHolder holder;

    private RunLock(Connection connection, JdbcClient jdbc, RunKey key) {
        this.connection = connection;
        this.jdbc = jdbc;
        // Asks the server, because a pooler gives the driver another number.
        this.holder = LockHolder.of(
                key, jdbc.sql("select pg_backend_pid()").query(Long.class).single());
    }

    /**
     * Takes the lock and keeps a connection of the data source until the lock is closed. When this returns, uncommitted
     * work of an earlier holder is rolled back. Empty if a process holds the lock, or if an earlier holder's
     * transaction cannot be ended.
     */
    public static Optional<RunLock> tryAcquire(DataSource dataSource, RunKey key) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            // Expires before it is locked, because a process can freeze at any moment.
            JdbcClient jdbc = expiring(connection);
            if (isTrue(jdbc, "select pg_try_advisory_lock(:number)", key.lockNumber())) {
                RunLock lock = new RunLock(connection, jdbc, key);
                if (lock.endJoined()) {
                    return Optional.of(lock);
                }
                lock.close();
                return Optional.empty();
            }
            jdbc.sql(LASTING).update();
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return Optional.empty();
    }

    /** A session that ends 15 s after the last sign of life of this process. */
    static JdbcClient expiring(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        jdbc.sql(EXPIRING).update();
        return jdbc;
    }

    /** Whether a process holds the run's lock at this moment. */
    public static boolean isTaken(JdbcClient jdbc, RunKey key) {
        return isTrue(
                jdbc,
                "select exists (select from (" + HELD + ") l where l.of_session and l.number = :number)",
                key.lockNumber());
    }

    /** Whether this session of the server holds the run's lock at this moment. */
    public static boolean isHeldBy(JdbcClient jdbc, RunKey key, long pid) {
        return LockHolder.of(key, pid).isHeld(jdbc);
    }

    @Override
    public void join(JdbcClient transaction) {
        holder.join(transaction);
        requireHeld(transaction);
    }

    /**
     * The same, once the transactions of helpers that joined before are over. A helper that joins later sees what this
     * transaction has committed.
     *
     * @throws RunLockLostException if the lock is lost: roll the transaction back
     */
    public void joinAlone(JdbcClient transaction) {
        holder.joinAlone(transaction);
        requireHeld(transaction);
    }

    private void requireHeld(JdbcClient transaction) {
        if (!holder.isHeld(transaction)) {
            throw new RunLockLostException();
        }
    }

    @Override
    public boolean isHeld() {
        try {
            return holder.isHeld(jdbc);
        } catch (DataAccessException e) {
            LOG.debug("lock connection lost", e);
            return false;
        }
    }

    @Override
    public long pid() {
        return holder.pid();
    }

    @Override
    public boolean isManager() {
        return true;
    }

    /** Keeps the lock for another 15 s. */
    @Override
    public Requests requests(long runId) {
        return Requests.of(jdbc, runId, false);
    }

    @Override
    public void close() {
        try (connection) {
            isTrue(jdbc, "select pg_advisory_unlock(:number)", holder.number());
            jdbc.sql(LASTING).update();
        } catch (SQLException | DataAccessException e) {
            // The connection is lost, and the lock with it.
            LOG.debug("lock connection lost", e);
        }
    }

    /** Whether no transaction of an earlier holder is left. This login cannot end another login's. */
    private boolean endJoined() {
        if (!isTrue(jdbc, END_JOINED, holder.number())) {
            return !isTrue(jdbc, IS_JOINED, holder.number());
        }
        for (int look = 0; look < LOOKS_UNTIL_ENDED; look++) {
            if (!isTrue(jdbc, IS_JOINED, holder.number())) {
                return true;
            }
            LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
        }
        return false;
    }

    private static boolean isTrue(JdbcClient jdbc, String sql, long number) {
        return jdbc.sql(sql).param("number", number).query(Boolean.class).single();
    }
}
