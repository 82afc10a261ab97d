package com.fuse.users.history;

import com.fuse.users.tables.Deletion;
import com.fuse.users.tables.RecordedIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which runs undid a run, and what they did not restore. An undo has the lines of the run that it undoes. */
final class Undos {

    /** An undo that was a plan, was refused or came too late undid nothing. A later one may only complete memberships. */
    private static final String OF_RUN = """
            select id
            from fuse_batch.runs
            where undone_run_id = :run and not dry_run
              and exists (
                  select from fuse_batch.run_outcomes o where o.run_id = runs.id and (o.outcome = 'REACTIVATED' or o.added_community_ids is not null))
            order by id
            """;

    /** Counts the removed IDs that neither this undo nor an earlier one added again. Earlier plans added nothing. */
    private static final String REMOVED_AND_NOT_ADDED = """
            select coalesce(sum(cardinality(o.%1$s) - back.rows), 0)::bigint
            from fuse_batch.run_outcomes o
            cross join lateral (
                select count(distinct added.id) as rows
                from fuse_batch.runs u
                join fuse_batch.run_outcomes a on a.run_id = u.id and a.line = o.line
                cross join lateral unnest(a.%2$s) as added (id)
                where u.undone_run_id = :undone and (u.id = :run or u.id < :run and not u.dry_run)
                  and added.id = any(o.%1$s)
            ) back
            where o.run_id = :undone and o.%1$s is not null
            """;

    private final JdbcClient jdbc;
    private final List<Deletion> deletions;

    Undos(JdbcClient jdbc, List<Deletion> deletions) {
        this.jdbc = jdbc;
        this.deletions = deletions;
    }

    /** The runs that undid this one, ascending. */
    List<Long> of(long runId) {
        return jdbc.sql(OF_RUN).param("run", runId).query(Long.class).list();
    }

    /**
     * The rows by table that this undo and earlier ones did not restore.
     *
     * @param deleted the rows that the undone run deleted
     */
    Map<String, Long> notRestored(long undoRunId, long undoneRunId, Map<String, Long> deleted) {
        Map<String, Long> missing = new LinkedHashMap<>(deleted);
        for (Deletion deletion : deletions) {
            RecordedIds recorded = deletion.recorded();
            if (recorded != null) {
                missing.computeIfPresent(
                        deletion.table(), (table, rows) -> removedAndNotAdded(recorded, undoRunId, undoneRunId));
            }
        }
        return missing;
    }

    private long removedAndNotAdded(RecordedIds recorded, long undoRunId, long undoneRunId) {
        return jdbc.sql(REMOVED_AND_NOT_ADDED.formatted(recorded.column(), recorded.columnOfAdded()))
                .param("undone", undoneRunId)
                .param("run", undoRunId)
                .query(Long.class)
                .single();
    }
}
