package com.fuse.users.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Samples, every few milliseconds, the age of the oldest transaction of the program that holds locks on users. The
 * result is too low by at most one interval.
 */
final class LockProbe implements AutoCloseable {

    private static final String OLDEST = """
            select coalesce(max(extract(epoch from clock_timestamp() - a.xact_start)) * 1e6, 0)::bigint
            from pg_stat_activity a
            where a.application_name = 'fuse-users' and a.backend_xid is not null
              and exists (
                  select from pg_locks l
                  where l.pid = a.pid and l.relation = 'public.users'::regclass and l.mode = 'RowExclusiveLock')
            """;

    private final Connection connection;
    private final PreparedStatement oldest;
    private final Repetition repetition;
    private long longestMicros;

    LockProbe(BenchmarkWorld world) throws SQLException {
        this.connection = world.owner().getConnection();
        this.oldest = connection.prepareStatement(OLDEST);
        this.repetition = new Repetition("lock-probe", number -> look());
    }

    private void look() throws SQLException {
        try (ResultSet row = oldest.executeQuery()) {
            row.next();
            longestMicros = Math.max(longestMicros, row.getLong(1));
        }
    }

    /** The longest that was seen. No more looks follow. */
    Duration longest() {
        repetition.end();
        return Duration.ofNanos(longestMicros * 1_000);
    }

    @Override
    public void close() throws SQLException {
        try {
            repetition.end();
        } finally {
            connection.close();
        }
    }
}
