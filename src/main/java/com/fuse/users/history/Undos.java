package com.fuse.users.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which runs undid a run, and what of it they brought back. An undo's lines are those of the run that it undoes. */
final class Undos {

    /** Plans undo nothing, nor do undos that were refused or came too late. */
    private static final String OF_RUN = """
            select id
            from fuse_batch.runs
            where undone_run_id = :run and not dry_run
              and exists (
                  select from fuse_batch.run_outcomes o where o.run_id = runs.id and o.outcome = 'REACTIVATED')
            order by id
            """;

    /** What neither this undo nor one before it has added; a plan before it brought nothing back. */
    private static final String REMOVED_AND_NOT_ADDED = """
            select coalesce(sum(cardinality(o.removed_%1$s) - back.rows), 0)::bigint
            from fuse_batch.run_outcomes o
            cross join lateral (
                select count(distinct added.id) as rows
                from fuse_batch.runs u
                join fuse_batch.run_outcomes a on a.run_id = u.id and a.line = o.line
                cross join lateral unnest(a.added_%1$s) as added (id)
                where u.undone_run_id = :undone and (u.id = :run or u.id < :run and not u.dry_run)
                  and added.id = any(o.removed_%1$s)
            ) back
            where o.run_id = :undone and o.removed_%1$s is not null
            """;

    private static final Map<String, String> ON_RECORD = Map.of(
            "community_memberships", REMOVED_AND_NOT_ADDED.formatted("community_ids"),
            "certificates", REMOVED_AND_NOT_ADDED.formatted("course_ids"));

    private final JdbcClient jdbc;

    Undos(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The runs that undid this one, ascending. */
    List<Long> of(long runId) {
        return jdbc.sql(OF_RUN).param("run", runId).query(Long.class).list();
    }

    /**
     * The rows by table that are not back, once this undo has been.
     *
     * @param deleted the rows that the undone run deleted
     */
    Map<String, Long> notRestored(long undoRunId, long undoneRunId, Map<String, Long> deleted) {
        Map<String, Long> missing = new LinkedHashMap<>(deleted);
        ON_RECORD.forEach((table, query) -> missing.computeIfPresent(table, (name, rows) -> jdbc.sql(query)
                .param("undone", undoneRunId)
                .param("run", undoRunId)
                .query(Long.class)
                .single()));
        return missing;
    }
}
