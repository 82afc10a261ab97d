package com.fuse.users.throttle;

import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.liveness.RunLock;
import com.fuse.users.throttle.Health.Standby;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the state of the database, in a read-only transaction of its own. Each statement has 2 s. */
final class HealthCheck {

    /** How long the server may be silent: a little longer than a statement may take. */
    private static final Duration ANSWER = Duration.ofSeconds(4);

    private static final String LIMITED = "set local statement_timeout = '2s'; set transaction read only";

    /**
     * The run's sessions hold its advisory lock. A session that waits for one that waits for the run is not blocked by the
     * run itself, but the other one is.
     */
    private static final String BLOCKED = """
            with run as (select array_agg(pid) as pids from (%s) l where l.number = :lock)
            select (extract(epoch from max(clock_timestamp() - l.waitstart)) * 1000)::bigint as millis
            from pg_locks l, run
            where not l.granted and l.pid <> all (run.pids) and pg_blocking_pids(l.pid) && run.pids
            having max(l.waitstart) is not null
            """.formatted(RunLock.HELD);

    /**
     * The archiver works in order, and tries the oldest segment again and again. A segment that failed after the last success
     * is the first that waits; otherwise it is the one after the last archived. The name of the last archived file may end
     * with that of a backup; if it is no segment's, nothing is known. A segment that is not full does not wait.
     */
    private static final String ARCHIVE = """
            with segment as (select pg_size_bytes(current_setting('wal_segment_size')) as size),
            archiver as (
                select last_archived_wal, last_failed_wal,
                       last_failed_wal is not null
                           and (last_archived_time is null or last_failed_time > last_archived_time) as failing
                from pg_stat_archiver
            ),
            last as (
                select substring(case when failing then last_failed_wal else last_archived_wal end
                                 from '^[0-9A-F]{24}') as name,
                       (not failing)::int as done
                from archiver
            )
            select greatest(0, floor((
                pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')
                - ('x' || substr(name, 9, 8))::bit(32)::bigint::numeric * 4294967296
                - ('x' || substr(name, 17, 8))::bit(32)::bigint * size) / size) - done)::bigint as segments
            from last, segment
            where name is not null
            """;

    /**
     * A client that only receives the write-ahead log replays nothing, and a logical subscriber is no standby. Standbys with
     * the same name count as one, which is as slow as the slowest.
     */
    static final String STANDBYS = """
            select coalesce(nullif(r.application_name, ''), 'process ' || r.pid) || coalesce(' at ' || host(r.client_addr), '')
                       as name,
                   coalesce(extract(epoch from max(r.replay_lag)) * 1000, 0)::bigint as millis,
                   min(r.replay_lsn)::text as replayed, bool_and(r.replay_lsn >= r.sent_lsn) as caught_up
            from pg_stat_replication r
            where r.replay_lsn is not null
              and not exists (
                  select from pg_replication_slots s where s.active_pid = r.pid and s.slot_type = 'logical')
            group by name
            """;

    private final RunDatabase database;
    private final Monitoring monitoring;
    private final long lock;

    /** @param lock the number of the run's advisory lock */
    HealthCheck(RunDatabase database, Monitoring monitoring, long lock) {
        this.database = database;
        this.monitoring = monitoring;
        this.lock = lock;
    }

    /** @throws org.springframework.dao.DataAccessException if the database does not answer in time, or refuses */
    Health check() {
        JdbcClient jdbc = database.jdbc();
        String query = monitoring.limits().query();
        return readOnly(
                database,
                () -> new Health(
                        jdbc.sql(BLOCKED)
                                .param("lock", lock)
                                .query(HealthCheck::blocked)
                                .optional()
                                .orElse(null),
                        monitoring.archive()
                                ? jdbc.sql(ARCHIVE).query(Long.class).optional().orElse(null)
                                : null,
                        monitoring.standbys() == null ? Map.of() : standbys(jdbc),
                        query == null ? null : requiredNumber(query)));
    }

    /** Does work in a read-only transaction that ends soon, whether or not the server answers. */
    static <T> T readOnly(RunDatabase database, Supplier<T> work) {
        return database.inTransaction(() -> {
            database.limitTime(ANSWER);
            database.jdbc().sql(LIMITED).update();
            return work.get();
        });
    }

    private static Map<String, Standby> standbys(JdbcClient jdbc) {
        Map<String, Standby> standbys = new LinkedHashMap<>();
        jdbc.sql(STANDBYS).query(row -> {
            standbys.put(
                    row.getString("name"),
                    new Standby(
                            Duration.ofMillis(row.getLong("millis")),
                            row.getString("replayed"),
                            row.getBoolean("caught_up")));
        });
        return standbys;
    }

    /**
     * The number that an operator's query returns; empty if it returns none. As a subquery, it is one statement, and returns
     * one row at the most.
     */
    static Optional<BigDecimal> number(RunDatabase database, String query) {
        List<Optional<BigDecimal>> numbers = new JdbcTemplate(database.dataSource())
                .query(
                        "select * from (%s\n) throttle limit 1".formatted(query),
                        (row, number) -> Optional.ofNullable(row.getBigDecimal(1)));
        return numbers.isEmpty() ? Optional.empty() : numbers.get(0);
    }

    /** A query that returned a number at the start must go on to do so: null would look healthy. */
    private BigDecimal requiredNumber(String query) {
        return number(database, query)
                .orElseThrow(() -> new IllegalStateException("the throttle query returns no number"));
    }

    private static Duration blocked(ResultSet row, int number) throws SQLException {
        return Duration.ofMillis(row.getLong("millis"));
    }
}
