package com.fuse.users.preflight;

import com.fuse.users.run.ExitCode;
import com.fuse.users.run.RefusedException;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.RunRequest;
import java.util.List;
import java.util.Locale;
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
                    where r.run_id = :run and u.active
                      and not exists (select from public.community_admins a where a.user_id = u.id)) as changes,
                   (select count(*) from public.users where active) as active_users
            """;

    private final JdbcClient jdbc;
    private final RunRepository runs;
    private final Run run;
    private final RunRequest request;
    private final RunMonitor monitor;
    private final Confirmation confirmation;
    private final Rights rights;

    /** @param deletedFrom the tables from which the run deletes */
    public PreflightTasklet(
            JdbcClient jdbc,
            RunRepository runs,
            Run run,
            RunRequest request,
            RunMonitor monitor,
            Confirmation confirmation,
            List<String> deletedFrom) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.rights = new Rights(jdbc, deletedFrom);
        this.run = run;
        this.request = request;
        this.monitor = monitor;
        this.confirmation = confirmation;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
        if (!run.dryRun() && runs.hasChunks(run.id())) {
            return RepeatStatus.FINISHED;
        }
        rights.require();
        Preview preview = count();
        monitor.noted(String.format(
                Locale.ROOT,
                "%,d rows name %,d users; %,d would be deactivated, of %,d active users",
                preview.rows(),
                preview.users(),
                preview.changes(),
                preview.activeUsers()));
        String tripped = Guard.judge(preview, request.guard());
        if (run.dryRun()) {
            if (tripped != null) {
                contribution
                        .getStepExecution()
                        .getJobExecution()
                        .getExecutionContext()
                        .putString(GUARD, tripped);
            }
        } else if (tripped != null) {
            throw new RefusedException(ExitCode.REFUSED, tripped);
        } else if (preview.users() > 0 && !request.confirmed()) {
            confirmation.require(preview);
        }
        return RepeatStatus.FINISHED;
    }

    private Preview count() {
        return jdbc.sql(COUNTS)
                .param("run", run.id())
                .query((row, number) -> new Preview(
                        row.getLong("rows"), row.getLong("users"), row.getLong("changes"), row.getLong("active_users")))
                .single();
    }
}
