package com.fuse.users.preflight;

import com.fuse.users.change.Change;
import com.fuse.users.change.StepCounter;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.operation.Operation;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.RunRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what the run would do, and lets it go on or refuses it: the last step before the first write, gone through
 * again by every attempt until there was one, and in no transaction, because it may wait for an answer. A plan is
 * never refused; what would have tripped the guard is left in the job's execution context for its report.
 */
public class PreflightTasklet implements Tasklet {

    /** The key in the job's execution context under which a plan keeps what would have tripped the guard. */
    public static final String GUARD = "guard";

    private static final String COUNTS = """
            select (select count(*) from fuse_batch.run_rows where run_id = :run) as rows,
                   (select count(*) from fuse_batch.run_users where run_id = :run) as users,
                   (select count(*)
                    from fuse_batch.run_users r
                    join public.users u on u.id = r.user_id
                    where r.run_id = :run and %s) as changes,
                   (select count(*) from public.users where active) as active_users
            """;

    private final JdbcClient jdbc;
    private final StepCounter steps;
    private final RunRepository runs;
    private final long runId;
    private final Operation operation;
    private final RunRequest request;
    private final RunMonitor monitor;
    private final Confirmation confirmation;

    public PreflightTasklet(
            JdbcClient jdbc,
            StepCounter steps,
            RunRepository runs,
            long runId,
            Operation operation,
            RunRequest request,
            RunMonitor monitor,
            Confirmation confirmation) {
        this.jdbc = jdbc;
        this.steps = steps;
        this.runs = runs;
        this.runId = runId;
        this.operation = operation;
        this.request = request;
        this.monitor = monitor;
        this.confirmation = confirmation;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
        Run run = runs.find(runId).orElseThrow();
        if (!run.dryRun() && runs.hasChunks(runId)) {
            return RepeatStatus.FINISHED;
        }
        Change change = operation.change(run);
        new Rights(jdbc, change).require();
        Preview preview = count(run);
        monitor.noted(describe(preview));
        String tripped = operation.isGuarded() ? Guard.judge(preview, request.guard()) : null;
        if (run.dryRun()) {
            keep(tripped, contribution);
        } else if (tripped != null) {
            throw new RefusedException(ExitCode.REFUSED, tripped);
        } else if (preview.users() > 0 && !request.confirmed()) {
            String question = operation.wording().question().formatted(users(preview.changes()));
            confirmation.require(
                    preview.changes(), question, () -> steps.count(runId, change, operation.eligible(run)));
        }
        return RepeatStatus.FINISHED;
    }

    private static void keep(@Nullable String tripped, StepContribution contribution) {
        if (tripped != null) {
            contribution
                    .getStepExecution()
                    .getJobExecution()
                    .getExecutionContext()
                    .putString(GUARD, tripped);
        }
    }

    private String describe(Preview preview) {
        return String.format(
                Locale.ROOT,
                "%,d %s %s; %,d %s, of %,d active users",
                preview.rows(),
                preview.rows() == 1 ? "row names" : "rows name",
                users(preview.users()),
                preview.changes(),
                operation.wording().would(),
                preview.activeUsers());
    }

    private static String users(long count) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "user" : "users");
    }

    private Preview count(Run run) {
        return jdbc.sql(COUNTS.formatted(operation.eligible(run)))
                .param("run", runId)
                .query((row, number) -> new Preview(
                        row.getLong("rows"), row.getLong("users"), row.getLong("changes"), row.getLong("active_users")))
                .single();
    }
}
