package com.fuse.users.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Finds a connection pooler in transaction or statement mode. Behind one, the lock that protects a run, and the settings
 * of the session, would belong to whichever program uses the server's session next.
 *
 * <p>A pooler gives the driver another number than that of the server's process. In session mode, the process stays the
 * same and belongs to one connection alone. In transaction mode, an open transaction of a second connection takes the
 * process that the first one has just used, or forces the first one to another process.
 */
final class PoolerCheck {

    /** A pooler may hand out the server's processes in turn, so that a connection gets its own again by chance. */
    private static final int ROUNDS = 3;

    private PoolerCheck() {}

    /**
     * Returns if the session of the connection lasts as long as the connection.
     *
     * @param source opens a second connection if there is a pooler
     * @throws ServerRefusedException if it does not
     */
    static void require(Connection connection, DataSource source) throws SQLException {
        try {
            long process = process(connection);
            if (process == connection.unwrap(PGConnection.class).getBackendPID()
                    || lasts(connection, process, source)) {
                return;
            }
        } catch (SQLException e) {
            if (DatabaseError.in(e).filter(DatabaseError::isOfPooler).isEmpty()) {
                throw e;
            }
        }
        throw new ServerRefusedException(
                DatabaseLogin.of(connection),
                "a connection pooler in transaction or statement mode is in between, and the program needs a session of"
                        + " its own; set the pooler to session mode, or connect to the server directly");
    }

    private static boolean lasts(Connection connection, long process, DataSource source) throws SQLException {
        try (Connection second = source.getConnection()) {
            second.setAutoCommit(false);
            for (int round = 0; round < ROUNDS; round++) {
                // The first comparison alone decides if the pooler has only one process of the server.
                if (process(second) == process || process(connection) != process) {
                    return false;
                }
                second.rollback();
            }
            return process(connection) == process;
        }
    }

    /** Asks the server, because a pooler gives the driver another number. */
    private static long process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_backend_pid()")) {
            result.next();
            return result.getLong(1);
        }
    }
}
