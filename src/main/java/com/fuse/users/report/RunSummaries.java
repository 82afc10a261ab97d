package com.fuse.users.report;

import com.fuse.users.change.RowCounts;
import com.fuse.users.outcome.Outcome;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import java.time.Duration;
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

    /**
     * Its last step knows when an attempt last did something; a killed one has no end. The report itself is left out, so
     * that it can be written again with the same figures.
     */
    private static final String ATTEMPTS = """
            select count(*) as attempts,
                   coalesce(sum(extract(epoch from last_sign_of_life - start_time)) * 1000, 0)::bigint as millis,
                   (array_agg(status order by job_execution_id desc))[1] as last_status
            from (
                select e.job_execution_id, e.start_time, e.status,
                       (select coalesce(
                                   max(s.start_time) filter (where s.step_name = 'report'),
                                   greatest(max(s.last_updated), e.end_time))
                        from fuse_batch.batch_step_execution s
                        where s.job_execution_id = e.job_execution_id) as last_sign_of_life
                from fuse_batch.runs r
                join fuse_batch.batch_job_execution e on e.job_instance_id = r.job_instance_id
                where r.id = :run
            ) attempt
            """;

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
    private static final String DRIFT = """
            select count(*)
            from fuse_batch.run_outcomes o
            where o.run_id = :run
              and exists (
                  select from fuse_batch.run_outcomes p
                  where p.run_id = :plan and p.line = o.line and p.outcome <> o.outcome
                  offset 0)
            """;

    private final JdbcClient jdbc;
    private final RunRepository runs;
    private final Undos undos;

    public RunSummaries(JdbcClient jdbc, RunRepository runs) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.undos = new Undos(jdbc);
    }

    /** Sums one run up; empty if there is none of this number. */
    public Optional<RunSummary> find(long id) {
        return runs.find(id).map(this::summarize);
    }

    /** The newest runs, newest first, without their figures: counting outcomes takes long where there are millions. */
    public List<RunListing> newest(int count) {
        return runs.newest(count).stream()
                .map(run -> new RunListing(run, attempts(run).state()))
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

    private RunSummary summarize(Run run) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        jdbc.sql(OUTCOMES).param("run", run.id()).query(row -> {
            outcomes.put(Outcome.valueOf(row.getString("outcome")), row.getLong("rows"));
        });
        RowCounts rows = rows(run.id());
        Attempts attempts = attempts(run);
        return new RunSummary(
                run,
                attempts.state(),
                attempts.count(),
                attempts.worked(),
                outcomes,
                rows,
                drift(run),
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

    private @Nullable Long drift(Run run) {
        Long plan = run.options().planId();
        return plan == null
                ? null
                : jdbc.sql(DRIFT)
                        .param("plan", plan)
                        .param("run", run.id())
                        .query(Long.class)
                        .single();
    }

    private NotRestored notRestored(Run run) {
        Long undone = run.options().undoneRunId();
        return new NotRestored(
                undone == null ? Map.of() : undos.notRestored(run.id(), undone, rows(undone, "deleted_rows")));
    }

    private Attempts attempts(Run run) {
        return jdbc.sql(ATTEMPTS)
                .param("run", run.id())
                .query((row, number) -> new Attempts(
                        row.getInt("attempts"),
                        Duration.ofMillis(row.getLong("millis")),
                        state(run, row.getString("last_status"))))
                .single();
    }

    private RunState state(Run run, @Nullable String lastStatus) {
        if (run.purging()) {
            return RunState.PURGING;
        }
        if (run.hasEnded()) {
            return run.isCompleted() ? RunState.COMPLETED : RunState.REFUSED;
        }
        if (runs.isWorkedOn(run.id())) {
            return RunState.RUNNING;
        }
        if (BatchStatus.STOPPED.name().equals(lastStatus)) {
            return RunState.STOPPED;
        }
        return BatchStatus.FAILED.name().equals(lastStatus) ? RunState.FAILED : RunState.INTERRUPTED;
    }

    private record Attempts(int count, Duration worked, RunState state) {}
}
