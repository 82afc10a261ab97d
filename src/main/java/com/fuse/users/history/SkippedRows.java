package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the first skipped rows of a run, with as much of each as a person reads. */
record SkippedRows(JdbcClient jdbc) {

    private static final int MOST_COMMUNITIES = 50;
    private static final int MOST_CHARACTERS = 500;

    /** OFFSET makes the planner look each row up by its key, even before the table has statistics. */
    private static final String SELECT = """
            select o.line, r.input, o.user_id, o.outcome, o.community_ids[1\\:%d] as community_ids,
                   coalesce(cardinality(o.community_ids), 0) as communities, left(o.message, %d) as message
            from (
                select *
                from fuse_batch.run_outcomes
                where run_id = :run and outcome = any(:skips)
                order by line
                limit :count
            ) o
            cross join lateral (
                select input from fuse_batch.run_rows where run_id = o.run_id and line = o.line offset 0
            ) r
            order by o.line
            """.formatted(MOST_COMMUNITIES, MOST_CHARACTERS);

    /** At most {@code count} rows, by line. */
    List<SkippedRow> first(long runId, long count) {
        return jdbc.sql(SELECT)
                .param("run", runId)
                .param("skips", Outcome.skips().stream().map(Outcome::name).toArray(String[]::new))
                .param("count", count)
                .query(SkippedRows::row)
                .list();
    }

    private static SkippedRow row(ResultSet row, int number) throws SQLException {
        List<Long> communities = communities(row);
        return new SkippedRow(
                row.getLong("line"),
                row.getString("input"),
                row.getObject("user_id", Long.class),
                Outcome.valueOf(row.getString("outcome")),
                communities,
                row.getLong("communities") - communities.size(),
                row.getString("message"));
    }

    private static List<Long> communities(ResultSet row) throws SQLException {
        java.sql.@Nullable Array array = row.getArray("community_ids");
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }
}
