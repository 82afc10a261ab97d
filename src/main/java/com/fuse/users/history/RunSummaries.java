package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import com.fuse.users.change.RowCounts;
import com.fuse.users.liveness.LiveRuns;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sums runs up from the database, the record of truth. Reads only. */
public class RunSummaries {

    private static final String OUTCOMES =
            "select outcome, count(*) as rows from fuse_batch.run_outcomes where run_id = :run group by outcome";

    private static final String ROW_COUNTS = """
            select step.name, sum(step.rows::bigint)::bigint as rows
            from fuse_batch.run_chunks c
            cross join json_each_text(c.%s) with ordinality as step (name, rows, position)
            where c.run_id = :run
            group by step.name
            order by min(step.position)
            """;

    private static final String SKIPS = """
            select concat(coalesce('user ' || o.user_id, 'line ' || o.line), ': ', o.outcome, ', ' || o.message)
            from fuse_batch.run_outcomes o
            where o.run_id = :run and o.outcome = any(:skips)
            order by o.line
            limit :count
            """;

    /** OFFSET keeps the look-up one by key, which the planner would give up for rows that it knows nothing of yet. */
    private static final String DEVIATIONS = """
            select planned.outcome as planned, o.outcome, count(*) as rows
            from fuse_batch.run_outcomes o
            cross join lateral (
                select p.outcome
                from fuse_batch.run_outcomes p
                where p.run_id = :plan and p.line = o.line and p.outcome <> o.outcome
                offset 0
            ) planned
            where o.run_id = :run
            group by planned.outcome, o.outcome
            order by rows desc, planned, outcome
            """;

    private static final String USER_IDS = """
            select user_id from fuse_batch.run_rows where run_id = :run and user_id is not null order by line limit :count
            """;

    /** As many as a command line takes. */
    private static final int MOST_USER_IDS = 1_000;

    private final JdbcClient jdbc;
    private final RunRepository runs;
    private final Undos undos;
    private final AttemptRecords attempts;
    private final LiveRuns liveRuns;

    public RunSummaries(JdbcClient jdbc, RunRepository runs) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.undos = new Undos(jdbc);
        this.attempts = new AttemptRecords(jdbc);
        this.liveRuns = new LiveRuns(jdbc);
    }

    /** Sums one run up; empty if there is none of this number. */
    public Optional<RunSummary> find(long id) {
        return runs.find(id).map(this::summarize);
    }

    /** The newest runs, newest first, without their figures: counting outcomes takes long where there are millions. */
    public List<RunListing> newest(int count) {
        return runs.newest(count).stream()
                .map(run -> new RunListing(run, state(run)))
                .toList();
    }

    /** What became of the first skipped rows of a run, by line, each in one line for people. */
    public List<String> skips(long id, int count) {
        return jdbc.sql(SKIPS)
                .param("run", id)
                .param("skips", Outcome.skips().stream().map(Outcome::name).toArray(String[]::new))
                .param("count", count)
                .query(String.class)
                .list();
    }

    /** Tells more of the run that was summed up. */
    public RunDetail detail(RunSummary summary) {
        Run run = summary.run();
        MembershipCounts memberships = new MembershipCounts(jdbc);
        return new RunDetail(
                new Throughput(jdbc).of(run.id(), summary.made(), lastEnd(summary.state())),
                has(summary.rows().deleted()) && !run.dryRun() ? memberships.removed(run.id()) : CommunityCounts.NONE,
                has(summary.rows().added()) ? memberships.added(run.id()) : CommunityCounts.NONE,
                summary.skips() == 0
                        ? List.of()
                        : new SkippedRows(jdbc).first(run.id(), Math.min(RunDetail.MOST_SKIPPED, summary.skips())),
                userIds(run));
    }

    /** Where the step has counted none, there is nothing to look for in the rows. */
    private static boolean has(Map<String, Long> rows) {
        return rows.getOrDefault("community_memberships", 0L) > 0;
    }

    private List<Long> userIds(Run run) {
        Long rows = run.rowCount();
        return !NextSteps.namesUsers(run) || rows == null || rows > MOST_USER_IDS
                ? List.of()
                : jdbc.sql(USER_IDS)
                        .param("run", run.id())
                        .param("count", MOST_USER_IDS)
                        .query(Long.class)
                        .list();
    }

    private static AttemptEnd lastEnd(RunState state) {
        return switch (state) {
            case COMPLETED, REFUSED, PURGING -> AttemptEnd.ENDED;
            case RUNNING -> AttemptEnd.RUNNING;
            case STOPPED -> AttemptEnd.STOPPED;
            case FAILED, INTERRUPTED -> AttemptEnd.FAILED;
        };
    }

    private RunSummary summarize(Run run) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        jdbc.sql(OUTCOMES).param("run", run.id()).query(row -> {
            outcomes.put(Outcome.valueOf(row.getString("outcome")), row.getLong("rows"));
        });
        RowCounts rows = rows(run.id());
        return new RunSummary(
                run,
                state(run),
                attempts.of(run.id()),
                outcomes,
                rows,
                deviations(run),
                notRestored(run),
                undos.of(run.id()));
    }

    private RowCounts rows(long runId) {
        return new RowCounts(rows(runId, "deleted_rows"), rows(runId, "added_rows"));
    }

    private Map<String, Long> rows(long runId, String column) {
        Map<String, Long> rows = new LinkedHashMap<>();
        jdbc.sql(ROW_COUNTS.formatted(column)).param("run", runId).query(row -> {
            rows.put(row.getString("name"), row.getLong("rows"));
        });
        return rows;
    }

    private @Nullable List<Deviation> deviations(Run run) {
        Long plan = run.options().planId();
        return plan == null
                ? null
                : jdbc.sql(DEVIATIONS)
                        .param("plan", plan)
                        .param("run", run.id())
                        .query((row, number) -> new Deviation(
                                Outcome.valueOf(row.getString("planned")),
                                Outcome.valueOf(row.getString("outcome")),
                                row.getLong("rows")))
                        .list();
    }

    private NotRestored notRestored(Run run) {
        Long undone = run.options().undoneRunId();
        return new NotRestored(
                undone == null ? Map.of() : undos.notRestored(run.id(), undone, rows(undone, "deleted_rows")));
    }

    private RunState state(Run run) {
        if (run.purging()) {
            return RunState.PURGING;
        }
        if (run.hasEnded()) {
            return RunState.ofEnded(run);
        }
        if (liveRuns.contains(run.id())) {
            return RunState.RUNNING;
        }
        String lastStatus = attempts.lastStatus(run.id()).orElse("");
        if (lastStatus.equals(BatchStatus.STOPPED.name())) {
            return RunState.STOPPED;
        }
        return lastStatus.equals(BatchStatus.FAILED.name()) ? RunState.FAILED : RunState.INTERRUPTED;
    }
}
