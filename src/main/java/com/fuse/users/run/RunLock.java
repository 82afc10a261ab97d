package com.fuse.users.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a process works on a run: a session-level advisory lock on a connection of its own. The database
 * releases it when the process dies, however it dies. Not thread-safe.
 */
public final class RunLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    /** A heartbeat that gets no answer for so long means that the connection is lost. */
    private static final int NETWORK_TIMEOUT_MILLIS = 15_000;

    private final Connection connection;
    private final long number;

    private RunLock(Connection connection, long number) {
        this.connection = connection;
        this.number = number;
    }

    /** Takes the lock, and keeps a connection of the data source until it is closed; empty if a process holds it. */
    public static Optional<RunLock> tryAcquire(DataSource dataSource, RunKey key) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            if (booleanOf(connection, "select pg_try_advisory_lock(?)", key.lockNumber())) {
                return Optional.of(new RunLock(connection, key.lockNumber()));
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return Optional.empty();
    }

    /**
     * Whether somebody has asked the run to stop.
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
        } catch (SQLException e) {
            // The connection is lost, and the lock with it.
            LOG.debug("lock connection lost", e);
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
}
