package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.attempt.AttemptEnd;
import com.fuse.users.history.attempt.AttemptRecords;
import com.fuse.users.history.attempt.Throughput;
import com.fuse.users.input.InputKind;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import com.fuse.users.tables.Deletion;
import com.fuse.users.tables.RowCounts;
import com.fuse.users.throttle.WaitRepository;
import com.fuse.users.throttle.WaitTotal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the figures of runs from the database, which has the authoritative record. */
public class RunSummaries {

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

    /** OFFSET makes the planner look each row up by its key, even before the table has statistics. */
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

    /** As many as fit on a command line. */
    private static final int MOST_USER_IDS = 1_000;

    private final JdbcClient jdbc;
    private final RunRepository runs;
    private final List<Deletion> deletions;
    private final Undos undos;
    private final AttemptRecords attempts;
    private final RunStates states;

    /** @param deletions every deletion that a deactivation may make */
    public RunSummaries(JdbcClient jdbc, RunRepository runs, List<Deletion> deletions) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.deletions = deletions;
        this.undos = new Undos(jdbc, deletions);
        this.attempts = new AttemptRecords(jdbc);
        this.states = new RunStates(jdbc);
    }

    /** The figures of a run; empty if there is no run with this number. */
    public Optional<RunSummary> find(long id) {
        return runs.find(id).map(this::summarize);
    }

    /** How far an unfinished run has come; empty until its input is staged. */
    public Optional<UserProgress> progress(Run run) {
        return UserProgress.of(jdbc, run.id());
    }

    /** How a run has waited for the platform, the longest first. */
    public List<WaitTotal> waits(Run run) {
        return new WaitRepository(jdbc).totals(run.id());
    }

    /** The outcomes of the first skipped rows of a run, by line, each in one line for people. */
    public List<String> skips(long id, int count) {
        return jdbc.sql(SKIPS)
                .param("run", id)
                .param("skips", Outcome.skips().stream().map(Outcome::name).toArray(String[]::new))
                .param("count", count)
                .query(String.class)
                .list();
    }

    /** The further figures of a run. */
    public RunDetail detail(RunSummary summary) {
        Run run = summary.run();
        MembershipCounts memberships = new MembershipCounts(jdbc);
        return new RunDetail(
                new Throughput(jdbc).of(run.id(), summary.made(), lastEnd(summary)),
                has(summary.rows().deleted()) && !run.dryRun() ? memberships.removed(run.id()) : CommunityCounts.NONE,
                has(summary.rows().added()) ? memberships.added(run.id()) : CommunityCounts.NONE,
                summary.skips() == 0
                        ? List.of()
                        : new SkippedRows(jdbc).first(run.id(), Math.min(RunDetail.MOST_SKIPPED, summary.skips())),
                userIds(run),
                new NotRestored(summary.rows().deleted(), deletions));
    }

    /** Without counted rows there are no recorded IDs to look for. */
    private static boolean has(Map<String, Long> rows) {
        return rows.values().stream().anyMatch(count -> count > 0);
    }

    /** The users that the run's command named by --user; empty if it did not, or if they do not fit on a command line. */
    public List<Long> userIds(Run run) {
        Long rows = run.rowCount();
        return run.inputKind() != InputKind.USERS || rows == null || rows > MOST_USER_IDS
                ? List.of()
                : jdbc.sql(USER_IDS)
                        .param("run", run.id())
                        .param("count", MOST_USER_IDS)
                        .query(Long.class)
                        .list();
    }

    private static AttemptEnd lastEnd(RunSummary summary) {
        return switch (summary.state()) {
            case COMPLETED, REFUSED, PURGING -> AttemptEnd.ENDED;
            case RUNNING -> AttemptEnd.RUNNING;
            case STOPPED -> AttemptEnd.STOPPED;
            case FAILED, INTERRUPTED -> AttemptEnd.FAILED;
            case ABANDONED ->
                Objects.equals(summary.run().exitCode(), ExitCode.STOPPED.status())
                        ? AttemptEnd.STOPPED
                        : AttemptEnd.FAILED;
        };
    }

    private RunSummary summarize(Run run) {
        OutcomeCounts outcomes = OutcomeCounts.of(jdbc, run.id());
        RowCounts rows = rows(run.id());
        return new RunSummary(
                run,
                states.of(run),
                attempts.of(run.id()),
                outcomes.byOutcome(),
                rows,
                deviations(run),
                notRestored(run),
                undos.of(run.id()),
                waits(run));
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
                undone == null ? Map.of() : undos.notRestored(run.id(), undone, rows(undone, "deleted_rows")),
                deletions);
    }
}
