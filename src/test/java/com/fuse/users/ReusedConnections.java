package com.fuse.users;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.postgresql.ds.PGPooledConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that are used again when they are closed. Unlike a pool, it has no threads of its own, whose logs would be in
 * the output of the program if a test runs it at that moment.
 */
final class ReusedConnections extends DelegatingDataSource {

    private static final int SECONDS_TO_ANSWER = 5;

    private final Deque<PooledConnection> idle = new ConcurrentLinkedDeque<>();

    ReusedConnections(DataSource source) {
        super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
        for (PooledConnection used = idle.poll(); used != null; used = idle.poll()) {
            Connection connection = used.getConnection();
            if (connection.isValid(SECONDS_TO_ANSWER)) {
                return connection;
            }
            used.close();
        }
        PooledConnection added = new PGPooledConnection(super.getConnection(), true);
        added.addConnectionEventListener(new ReuseWhenClosed());
        return added.getConnection();
    }

    /** Closes the connections that wait to be used again. */
    void closeIdle() {
        for (PooledConnection used = idle.poll(); used != null; used = idle.poll()) {
            try {
                used.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final class ReuseWhenClosed implements ConnectionEventListener {

        @Override
        public void connectionClosed(ConnectionEvent event) {
            idle.push((PooledConnection) event.getSource());
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            ((PooledConnection) event.getSource()).removeConnectionEventListener(this);
        }
    }
}
