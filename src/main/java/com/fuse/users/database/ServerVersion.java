package com.fuse.users.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * Refuses a server that is older than the program needs, or is another product that speaks PostgreSQL's protocol.
 * Products that are PostgreSQL with additions, such as Aurora PostgreSQL, are not refused.
 */
final class ServerVersion {

    private static final int OLDEST = 14;

    /** Aurora DSQL calls itself PostgreSQL, but has this table of its own. */
    private static final String PRODUCT = """
            select version(), exists (
                select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'sys' and c.relname = 'iam_pg_role_mappings')
            """;

    /** PostgreSQL's own text begins like this. Forks add their version to that of PostgreSQL or after it. */
    private static final Pattern POSTGRESQL = Pattern.compile("PostgreSQL (?<version>\\S+)");

    private static final Pattern GREENPLUM = Pattern.compile("Greenplum Database|Cloudberry");

    private ServerVersion() {}

    /** @throws ServerRefusedException if the program cannot work with this server */
    static void require(Connection connection) throws SQLException {
        // The server states these when a session starts.
        String cockroach = connection.unwrap(PGConnection.class).getParameterStatus("crdb_version");
        if (cockroach != null) {
            // It claims a version of PostgreSQL, but its advisory locks lock nothing.
            throw refusal(connection, cockroach);
        }
        if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST) {
            throw refusal(connection, "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion());
        }
        Optional<String> other = otherProduct(connection);
        if (other.isPresent()) {
            throw refusal(connection, other.get());
        }
    }

    private static Optional<String> otherProduct(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(PRODUCT)) {
            result.next();
            return result.getBoolean(2) ? Optional.of("Aurora DSQL") : otherProduct(result.getString(1));
        }
    }

    /**
     * The name of the product; empty if it is PostgreSQL.
     *
     * @param version the result of the server's function of this name
     */
    static Optional<String> otherProduct(String version) {
        Matcher postgresql = POSTGRESQL.matcher(version);
        if (!postgresql.lookingAt()) {
            return Optional.of(version.replaceFirst("[,(].*", "").strip());
        }
        if (postgresql.group("version").contains("-YB-")) {
            return Optional.of("YugabyteDB " + postgresql.group("version"));
        }
        Matcher greenplum = GREENPLUM.matcher(version);
        return greenplum.find() ? Optional.of(greenplum.group()) : Optional.empty();
    }

    private static ServerRefusedException refusal(Connection connection, String product) throws SQLException {
        return new ServerRefusedException(
                DatabaseLogin.of(connection),
                "the server is %s, and the program needs PostgreSQL %d or newer; connect to such a server"
                        .formatted(product, OLDEST));
    }
}
