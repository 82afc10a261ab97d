package com.fuse.users.liveness;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.run.RunLogContext;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Watches from another connection which sessions a session waits for. Only a session that waits at this moment shows
 * them; the error of the wait does not name them.
 */
public final class BlockerWatch implements AutoCloseable {

    /**
     * Sessions that another session waits for.
     *
     * @param names application and process of each, in one line for people
     * @param ofTable whether the lock is one of a whole table, so that it does not concern one user
     */
    public record Blockers(String names, boolean ofTable) {}

    /** Every login may see the name of an application, but not the query. */
    private static final String BLOCKERS = """
            select string_agg(
                case
                    when b.pid = 0 then 'a prepared transaction'
                    when a.application_name <> '' then a.application_name || ' (process ' || b.pid || ')'
                    else 'process ' || b.pid
                end, ', ' order by b.pid) as names,
                exists (select from pg_locks where pid = :pid and not granted and locktype = 'relation') as of_table
            from (select distinct unnest(pg_blocking_pids(:pid))) b (pid)
            left join pg_stat_activity a on a.pid = b.pid
            having count(*) > 0""";

    private static final Logger LOG = LoggerFactory.getLogger(BlockerWatch.class);

    private static final long INTERVAL_MILLIS = 50;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "blocker-watch");
        watch.setDaemon(true);
        return watch;
    });
    private final AtomicReference<@Nullable Blockers> seen = new AtomicReference<>();
    private final JdbcClient jdbc;
    private final int pid;

    /** Starts to watch this session of the server. */
    public BlockerWatch(RunDatabase database, int pid) {
        this.jdbc = database.jdbc();
        this.pid = pid;
        var unused = thread.scheduleWithFixedDelay(
                RunLogContext.propagating(this::look), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The sessions that it waited for last; empty if it waited for none. */
    public Optional<Blockers> seen() {
        return Optional.ofNullable(seen.get());
    }

    private void look() {
        try {
            jdbc.sql(BLOCKERS)
                    .param("pid", pid)
                    .query((row, number) -> new Blockers(
                            DatabaseError.withoutAddresses(row.getString("names")), row.getBoolean("of_table")))
                    .optional()
                    .ifPresent(seen::set);
        } catch (DataAccessException e) {
            LOG.debug("blockers unknown", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
