package com.fuse.users.preflight;

import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.tables.Change;
import com.fuse.users.tables.ChangeStatement;
import com.fuse.users.tables.RowCounts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the rows that a change would delete and add, page by page, so that memory does not grow with the input. */
final class RowCounter {

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

    private final RunDatabase database;

    RowCounter(RunDatabase database) {
        this.database = database;
    }

    /**
     * Counts the rows of all users whom a run would change.
     *
     * @param eligible the condition for changing a user, over {@code fuse_batch.run_users r} and {@code public.users u}
     */
    RowCounts count(long runId, Change change, String eligible) {
        RowCounts counts = new RowCounts(Map.of(), Map.of());
        long position = 0;
        for (Long[] users = page(runId, eligible, position); users != null; users = page(runId, eligible, position)) {
            counts = counts.plus(count(runId, change, users));
            position = users[users.length - 1];
        }
        return counts;
    }

    private Long @Nullable [] page(long runId, String eligible, long position) {
        return database.patientJdbc()
                .sql(PAGE.formatted(eligible))
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
        database.patientJdbc()
                .sql(ChangeStatement.counting(change))
                .param("run", runId)
                .param("now", database.now())
                .param("users", users)
                .query(row -> {
                    Map<String, Long> counts = Objects.equals(row.getString("kind"), "delete") ? deleted : added;
                    counts.put(row.getString("table"), row.getLong("rows"));
                });
        return new RowCounts(deleted, added);
    }
}
