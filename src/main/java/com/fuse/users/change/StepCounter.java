package com.fuse.users.change;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what a change would delete and add, before anything is: page by page, so that no page needs much memory. */
public final class StepCounter {

    private static final int PAGE_SIZE = 10_000;

    private static final String PAGE = """
            select array_agg(user_id order by user_id) as users
            from (
                select r.user_id
                from fuse_batch.run_users r
                join public.users u on u.id = r.user_id
                where r.run_id = :run and r.user_id > :position and %s
                order by r.user_id
                limit :pageSize
            ) page
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    public StepCounter(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Counts over all users of a run who would be changed.
     *
     * @param eligible the condition for it, over {@code fuse_batch.run_users r} and {@code public.users u}
     */
    public RowCounts count(long runId, Change change, String eligible) {
        RowCounts counts = new RowCounts(Map.of(), Map.of());
        long position = 0;
        for (Long[] users = page(runId, eligible, position); users != null; users = page(runId, eligible, position)) {
            counts = counts.plus(count(runId, change, users));
            position = users[users.length - 1];
        }
        return counts;
    }

    private Long @Nullable [] page(long runId, String eligible, long position) {
        return jdbc.sql(PAGE.formatted(eligible))
                .param("run", runId)
                .param("position", position)
                .param("pageSize", PAGE_SIZE)
                .query((row, number) -> row.getArray("users") == null
                        ? new Long[0]
                        : (Long[]) row.getArray("users").getArray())
                .optional()
                .filter(users -> users.length > 0)
                .orElse(null);
    }

    private RowCounts count(long runId, Change change, Long[] users) {
        Map<String, Long> deleted = new LinkedHashMap<>();
        Map<String, Long> added = new LinkedHashMap<>();
        jdbc.sql(ChangeStatement.counting(change))
                .param("run", runId)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("users", users)
                .query(row -> {
                    Map<String, Long> counts = Objects.equals(row.getString("kind"), "delete") ? deleted : added;
                    counts.put(row.getString("table"), row.getLong("rows"));
                });
        return new RowCounts(deleted, added);
    }
}
