package com.fuse.users.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Opens sessions of the server with the settings that the program relies on.
 *
 * <p>The settings are statements, not options of the start, because a pooler rejects or ignores such options. The first
 * session tells which server it is, and whether a pooler would give it to other programs between two transactions. The settings come after
 * that, because such a pooler would pass them on to the other programs too.
 */
public final class ServerSessions extends DelegatingDataSource {

    /**
     * In this order: a frozen process must release its users' locks soon; a busy platform must not delay the job for
     * long; compiling a chunk's statement takes longer than running it; a policy must not hide rows, as if they were
     * gone; a dead machine must release the run's lock soon.
     */
    private static final String SETTINGS = """
            set idle_in_transaction_session_timeout = '20s';
            set lock_timeout = '10s';
            set jit = off;
            set row_security = off;
            set tcp_keepalives_idle = 10;
            set tcp_keepalives_interval = 5;
            set tcp_keepalives_count = 3;
            set tcp_user_timeout = '20s'""";

    private volatile boolean lasting;

    /** @param driver opens connections */
    public ServerSessions(DataSource driver) {
        super(driver);
    }

    /** @throws ServerRefusedException if the program cannot work with the server, or with a pooler in between */
    @Override
    public Connection getConnection() throws SQLException {
        return prepare(super.getConnection());
    }

    /** @throws ServerRefusedException if the program cannot work with the server, or with a pooler in between */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return prepare(super.getConnection(user, password));
    }

    private Connection prepare(Connection connection) throws SQLException {
        try {
            if (!lasting) {
                ServerVersion.require(connection);
                PoolerCheck.require(connection, obtainTargetDataSource());
                PgpoolCheck.require(connection);
                lasting = true;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
