package com.fuse.users.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Refuses a server that is older than the program needs, or is another product that speaks PostgreSQL's protocol. Costs
 * nothing, because the server states its version when a session starts.
 */
final class ServerVersion {

    private static final int OLDEST = 14;

    private ServerVersion() {}

    /** @throws ServerRefusedException if the program cannot work with this server */
    static void require(Connection connection) throws SQLException {
        // CockroachDB claims a version of PostgreSQL, but its advisory locks lock nothing.
        String cockroach = connection.unwrap(PGConnection.class).getParameterStatus("crdb_version");
        if (cockroach != null) {
            throw refusal(connection, cockroach);
        }
        if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST) {
            throw refusal(connection, "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion());
        }
    }

    private static ServerRefusedException refusal(Connection connection, String product) throws SQLException {
        return new ServerRefusedException(
                DatabaseLogin.of(connection),
                "the server is %s, and the program needs PostgreSQL %d or newer; connect to such a server"
                        .formatted(product, OLDEST));
    }
}
