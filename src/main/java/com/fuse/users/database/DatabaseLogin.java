package com.fuse.users.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;
import org.postgresql.util.HostSpec;

/**
 * The database that the program works on, and its login there: what an operator must see before confirming. It holds
 * neither the password nor any other parameter of the database's URL.
 *
 * @param host as the program was told to reach it; of several hosts, the one that accepted the connection
 * @param name the name of the database
 */
public record DatabaseLogin(String host, int port, String name, String login) {

    /** The database to which the connections of this source lead. */
    public static DatabaseLogin of(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return of(connection);
        }
    }

    static DatabaseLogin of(Connection connection) throws SQLException {
        QueryExecutor driver = connection.unwrap(BaseConnection.class).getQueryExecutor();
        HostSpec server = driver.getHostSpec();
        return new DatabaseLogin(server.getHost(), server.getPort(), driver.getDatabase(), driver.getUser());
    }

    /** The first line that a command prints, unless it is about a run. */
    public String line() {
        return "On " + describe();
    }

    /** For people, such as "fuse at db.example.org:5432 as fuse_users". */
    public String describe() {
        String address = host.contains(":") ? "[" + host + "]" : host;
        return "%s at %s:%d as %s".formatted(name, address, port, login);
    }
}
