package com.fuse.users.liveness;

import com.fuse.users.run.RunLogContext;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out the connections of a pool, and can cut off the connections in use when the database is out of reach: a
 * thread that waits for an answer then gets an error. Thread-safe.
 */
public final class InterruptibleDataSource extends DelegatingDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(InterruptibleDataSource.class);

    /** How long one statement over a whole input may take. */
    static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Set<Connection> handedOut = Collections.newSetFromMap(new WeakHashMap<>());

    public InterruptibleDataSource(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        synchronized (handedOut) {
            handedOut.add(connection);
        }
        return connection;
    }

    /** Has every connection replaced: those in use when they are closed, the others at once. */
    public void renew() {
        if (getTargetDataSource() instanceof HikariDataSource pool) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** Breaks all connections that are in use at this moment, without waiting for any of them. */
    public void cutOff() {
        for (Connection connection : inUse()) {
            Thread cut = new Thread(RunLogContext.propagating(() -> abort(connection)), "cut-off");
            cut.setDaemon(true);
            cut.start();
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("connection closed meanwhile", e);
        }
    }

    /** The same connections, with time for a statement over a whole input. Do not use it in Spring's transactions. */
    public DataSource patient() {
        return new DelegatingDataSource(this) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setNetworkTimeout(Runnable::run, Math.toIntExact(PATIENCE.toMillis()));
                return connection;
            }
        };
    }

    private List<Connection> inUse() {
        synchronized (handedOut) {
            return List.copyOf(handedOut);
        }
    }
}
