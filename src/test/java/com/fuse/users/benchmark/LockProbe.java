package com.fuse.users.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every few milliseconds how old the oldest transaction of the program is that holds locks on users; what is seen
 * is short of the truth by no more than the time between two looks.
 */
final class LockProbe implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(5);

    private static final String OLDEST = """
            select coalesce(max(extract(epoch from clock_timestamp() - a.xact_start)) * 1e6, 0)::bigint
            from pg_stat_activity a
            where a.application_name = 'fuse-users' and a.backend_xid is not null
              and exists (
                  select from pg_locks l
                  where l.pid = a.pid and l.relation = 'public.users'::regclass and l.mode = 'RowExclusiveLock')
            """;

    private final BenchmarkWorld world;
    private final Thread thread = new Thread(this::look, "lock-probe");
    private volatile boolean ended;
    private long longestMicros;

    LockProbe(BenchmarkWorld world) {
        this.world = world;
        thread.start();
    }

    private void look() {
        try (Connection connection = world.owner().getConnection();
                PreparedStatement oldest = connection.prepareStatement(OLDEST)) {
            while (!ended) {
                try (ResultSet row = oldest.executeQuery()) {
                    row.next();
                    longestMicros = Math.max(longestMicros, row.getLong(1));
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Duration longest() throws InterruptedException {
        close();
        return Duration.ofNanos(longestMicros * 1_000);
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join();
    }
}
