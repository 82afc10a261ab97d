package com.fuse.users.purge;

import com.fuse.users.database.Times;
import com.fuse.users.liveness.LiveRuns;
import com.fuse.users.purge.PurgePlan.OldRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the runs that a purge would remove. It decides as the purge itself does: a run that another run refers to goes
 * only after that run. A run refers only to older runs, so the newest goes first.
 */
record OldRuns(JdbcClient jdbc, LiveRuns liveRuns) {

    private static final String CANDIDATES = """
            select r.id, r.command, r.dry_run, r.ended_at, r.row_count, r.purge_started_at is not null as marked,
                   array(select n.id from fuse_batch.runs n where n.plan_run_id = r.id or n.undone_run_id = r.id)
                       as referring
            from fuse_batch.runs r
            where r.purge_started_at is not null or r.ended_at < :before
            order by r.id desc
            """;

    PurgePlan plan(Instant before) {
        List<OldRun> runs = new ArrayList<>();
        List<Long> kept = new ArrayList<>();
        Set<Long> going = new HashSet<>();
        for (Candidate candidate : candidates(before)) {
            long id = candidate.id();
            if (candidate.marked() || (going.containsAll(candidate.referring()) && !liveRuns.contains(id))) {
                going.add(id);
                runs.add(candidate.with(RecordTable.ALL.stream()
                        .mapToLong(table -> table.count(jdbc, id))
                        .sum()));
            } else {
                kept.add(id);
            }
        }
        return new PurgePlan(before, runs, kept);
    }

    private List<Candidate> candidates(Instant before) {
        return jdbc.sql(CANDIDATES)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query(OldRuns::candidate)
                .list();
    }

    private static Candidate candidate(ResultSet row, int number) throws SQLException {
        return new Candidate(
                row.getLong("id"),
                row.getString("command"),
                row.getBoolean("dry_run"),
                Objects.requireNonNull(Times.instant(row, "ended_at")),
                row.getObject("row_count", Long.class),
                row.getBoolean("marked"),
                List.of((Long[]) row.getArray("referring").getArray()));
    }

    /** @param referring the runs that use this one as their plan or undo it */
    private record Candidate(
            long id,
            String command,
            boolean dryRun,
            Instant endedAt,
            @Nullable Long rows,
            boolean marked,
            List<Long> referring) {

        OldRun with(long records) {
            return new OldRun(id, command, dryRun, endedAt, rows, records);
        }
    }
}
