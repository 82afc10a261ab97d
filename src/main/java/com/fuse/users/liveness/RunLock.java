package com.fuse.users.liveness;

import com.fuse.users.run.RunKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells whether a process works on a run: a session-level advisory lock on a connection of its own. The database
 * releases it when the process dies, however it dies, and when it has given no sign of life for a quarter of a minute:
 * the connection of a frozen process would live on with its lock.
 *
 * <p>A process that lost the lock may come back, so every transaction that stages, changes users or ends the run joins
 * the lock first. Whoever takes the lock over ends the transactions that joined it before; whoever joins later is told
 * that it is lost.
 * Not thread-safe but for {@link #join}.
 */
public final class RunLock implements AutoCloseable {

    /** All advisory locks that sessions of this database hold, by the number that they were taken with. */
    static final String HELD = """
            select pid, objsubid = 1 as of_session, (classid::bigint << 32) | objid::bigint as number
            from pg_locks
            where locktype = 'advisory' and granted
              and database = (select oid from pg_database where datname = current_database())""";

    /** The number of the lock that transactions share is the same, in the other of the two spaces of numbers. */
    private static final String JOIN = "select pg_advisory_xact_lock_shared(:high, :low)";

    private static final String IS_HELD = "select exists (select from (" + HELD + ") l"
            + " where l.of_session and l.number = :number and l.pid = :pid)";

    private static final String IS_JOINED =
            "select exists (select from (" + HELD + ") l where not l.of_session and l.number = ?)";

    private static final String END_JOINED = "select count(pg_terminate_backend(l.pid)) > 0 from (" + HELD
            + ") l join pg_stat_activity a using (pid)"
            + " where not l.of_session and l.number = ? and pg_has_role(a.usesysid, 'usage')";

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    /** A heartbeat that gets no answer for so long means that the connection is lost. */
    private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

    /** Without a heartbeat for so long, the process counts as dead. */
    private static final String EXPIRING = "set idle_session_timeout = '15s'";

    private static final String LASTING = "reset idle_session_timeout";

    private static final int LOOKS_UNTIL_ENDED = 50;
    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final Connection connection;
    private final long number;
    private final long pid;

    private RunLock(Connection connection, long number) throws SQLException {
        this.connection = connection;
        this.number = number;
        // As the server has it: a pooler between would give the driver a number of its own.
        this.pid = backendPid(connection);
    }

    /**
     * Takes the lock, and keeps a connection of the data source until it is closed. What a process that held it before
     * has left uncommitted is undone by then. Empty if a process holds it, or cannot be kept from going on.
     */
    public static Optional<RunLock> tryAcquire(DataSource dataSource, RunKey key) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            // Before there is a lock that a process could be frozen with.
            execute(connection, EXPIRING);
            if (booleanOf(connection, "select pg_try_advisory_lock(?)", key.lockNumber())) {
                RunLock lock = new RunLock(connection, key.lockNumber());
                if (lock.endJoined()) {
                    return Optional.of(lock);
                }
                lock.close();
                return Optional.empty();
            }
            execute(connection, LASTING);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return Optional.empty();
    }

    /**
     * Makes the caller's transaction one of those that end with the lock.
     *
     * @throws RunLockLostException if the lock is lost already: the transaction is to be rolled back
     */
    public void join(JdbcClient transaction) {
        transaction
                .sql(JOIN)
                .param("high", (int) (number >> Integer.SIZE))
                .param("low", (int) number)
                .query()
                .listOfRows();
        boolean held = transaction
                .sql(IS_HELD)
                .param("number", number)
                .param("pid", pid)
                .query(Boolean.class)
                .single();
        if (!held) {
            throw new RunLockLostException();
        }
    }

    /** Whether it is held still, as far as anybody can tell who has just asked. */
    public boolean isHeld() {
        try {
            return booleanOf(
                    connection,
                    "select exists (select from (" + HELD + ") l where l.of_session"
                            + " and l.number = ? and l.pid = pg_backend_pid())",
                    number);
        } catch (SQLException e) {
            LOG.debug("lock connection lost", e);
            return false;
        }
    }

    /**
     * Gives a sign of life, and asks whether somebody has asked the run to stop.
     *
     * @throws SQLException if the connection, and with it the lock, is lost
     */
    public boolean isStopRequested(long runId) throws SQLException {
        return booleanOf(connection, "select stop_requested_at is not null from fuse_batch.runs where id = ?", runId);
    }

    @Override
    public void close() {
        try (connection) {
            booleanOf(connection, "select pg_advisory_unlock(?)", number);
            execute(connection, LASTING);
        } catch (SQLException e) {
            // The connection is lost, and the lock with it.
            LOG.debug("lock connection lost", e);
        }
    }

    /** Whether there is no transaction of an earlier holder any more: another login's cannot be ended from here. */
    private boolean endJoined() throws SQLException {
        if (!booleanOf(connection, END_JOINED, number)) {
            return !booleanOf(connection, IS_JOINED, number);
        }
        for (int look = 0; look < LOOKS_UNTIL_ENDED; look++) {
            if (!booleanOf(connection, IS_JOINED, number)) {
                return true;
            }
            pause();
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean booleanOf(Connection connection, String sql, long argument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, argument);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static long backendPid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
