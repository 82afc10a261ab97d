package com.fuse.users;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A transaction of another program on the test's database, open until it is committed or closed. It determines where
 * the job waits. Its own statements never wait long.
 */
public final class OtherSession implements AutoCloseable {

    private static final String GATE = "pg_advisory_xact_lock(20260101)";

    private final Connection connection;
    private final JdbcClient observer;
    private final long pid;

    public OtherSession(TestDatabase database) {
        try {
            connection = database.session();
            connection.setAutoCommit(false);
            observer = JdbcClient.create(database.owner());
            pid = connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A closed gate: sessions that make the table's rows match the condition wait in front of it, in their own
     * transaction, until this session is closed.
     *
     * @param when {@code before insert} or the like
     * @param condition over {@code new}
     */
    public static OtherSession gate(TestDatabase database, String when, String table, String condition) {
        JdbcClient owner = JdbcClient.create(database.owner());
        // On a busy machine, the other processes that a test starts may take longer than the job waits for a lock.
        owner.sql("create or replace function test_sessions.wait_at_gate() returns trigger language plpgsql as $$ begin"
                        + " if current_setting('lock_timeout') = '10s' then"
                        + " perform set_config('lock_timeout', '20s', true); end if;"
                        + " perform " + GATE + "; return new; end $$")
                .update();
        owner.sql("create trigger gate %s on %s for each row when (%s) execute function test_sessions.wait_at_gate()"
                        .formatted(when, table, condition))
                .update();
        OtherSession gate = new OtherSession(database);
        gate.execute("select " + GATE);
        return gate;
    }

    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of its process on the server. */
    public long pid() {
        return pid;
    }

    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns once so many sessions wait for this one. */
    public void awaitBlocked(int sessions) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> blocked().size() == sessions);
    }

    /** Breaks the connections of all sessions that wait for this one. */
    public void terminateBlocked() {
        blocked().forEach(blocked -> observer.sql("select pg_terminate_backend(?, 5000)")
                .param(blocked)
                .query(Boolean.class)
                .single());
    }

    /** The numbers, on the server, of the sessions that wait for this one. */
    public List<Integer> blocked() {
        return observer.sql("select pid from pg_stat_activity where ? = any(pg_blocking_pids(pid))")
                .param(pid)
                .query(Integer.class)
                .list();
    }

    /** Rolls back what was not committed, and lets go of everybody who waits. */
    @Override
    public void close() {
        try (connection) {
            // A session that the server has ended has nothing to roll back.
            if (connection.isValid(5)) {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
