package com.fuse.users.database;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.HostSpec;

/**
 * Finds pgpool. It may send the statements of one session to several servers, so the lock that protects a run may be on
 * another server than the rows that it protects.
 */
final class PgpoolCheck {

    private static final String IS_DIRECT = "select host(inet_server_addr()) = any(?) and inet_server_port() = ?";

    /** Pgpool answers this itself. PostgreSQL knows no such parameter. */
    private static final String PGPOOL_VERSION = "show pool_version";

    private PgpoolCheck() {}

    /** @throws ServerRefusedException if pgpool is between the program and the server */
    static void require(Connection connection) throws SQLException {
        // Asked of PostgreSQL, the question is an error in the server's log, so it is asked only if there is a reason.
        if (!isDirect(connection) && answers(connection)) {
            throw new ServerRefusedException(
                    DatabaseLogin.of(connection),
                    "pgpool is in between, and may send the statements of one session to several servers; connect to the"
                            + " primary server directly");
        }
    }

    /** Whether the server has the address and the port to which the program has connected. */
    private static boolean isDirect(Connection connection) throws SQLException {
        HostSpec host =
                connection.unwrap(BaseConnection.class).getQueryExecutor().getHostSpec();
        try (PreparedStatement statement = connection.prepareStatement(IS_DIRECT)) {
            Array addresses = connection.createArrayOf(
                    "text",
                    Stream.of(InetAddress.getAllByName(host.getHost()))
                            .map(InetAddress::getHostAddress)
                            .toArray());
            statement.setArray(1, addresses);
            statement.setInt(2, host.getPort());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean answers(Connection connection) throws SQLException {
        QueryExecutor driver = connection.unwrap(BaseConnection.class).getQueryExecutor();
        PreferQueryMode mode = driver.getPreferQueryMode();
        // Otherwise, pgpool passes the question on to the server.
        driver.setPreferQueryMode(PreferQueryMode.SIMPLE);
        try (Statement statement = connection.createStatement()) {
            return statement.execute(PGPOOL_VERSION);
        } catch (SQLException e) {
            if ("42704".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        } finally {
            driver.setPreferQueryMode(mode);
        }
    }
}
