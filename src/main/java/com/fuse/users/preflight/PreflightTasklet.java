package com.fuse.users.preflight;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.input.InputException;
import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.operation.Operation;
import com.fuse.users.operation.RunOrder;
import com.fuse.users.run.CommandDefinition;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import com.fuse.users.tables.Change;
import com.fuse.users.text.Counts;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Counts the users whom the run would change, then lets the run go on or refuses it. This is the last step before the
 * first write. Every attempt repeats it until the first chunk is committed. It runs outside a transaction, because it
 * may wait for the operator's answer. A plan is refused only if the number of its rows is not the expected one: any other
 * objection is kept in the job's execution context for the plan's report.
 */
public class PreflightTasklet implements Tasklet {

    /** The keys in the job's execution context for the objection to a plan, and for the status it ends with. */
    public static final String OBJECTION = "objection";

    public static final String OBJECTION_STATUS = "objectionStatus";

    private static final String COUNTS = """
            select (select count(*) from fuse_batch.run_rows where run_id = :run) as rows,
                   (select count(*) from fuse_batch.run_users where run_id = :run) as users,
                   (select count(*)
                    from fuse_batch.run_users r
                    join public.users u on u.id = r.user_id
                    where r.run_id = :run and %s) as changes,
                   (select count(*) from public.users where active) as active_users
            """;

    /**
     * The users whom the command has deactivated by its other runs, without those who are active again. Its plans have
     * changed nobody, and a user who is in two of their inputs counts once.
     */
    private static final String OF_COMMAND = """
            select count(*) as changed, count(*) filter (where not active) as inactive
            from (
                select distinct u.id, u.active
                from fuse_batch.command_runs c
                join fuse_batch.runs n on n.id = c.run_id
                join fuse_batch.run_outcomes o on o.run_id = c.run_id and o.outcome = 'DEACTIVATED'
                join public.users u on u.id = o.user_id
                where c.command_id = :command and c.run_id <> :run and (n.dry_run or not u.active)
                  and not exists (
                      select from fuse_batch.run_users r where r.run_id = :run and r.user_id = u.id and n.dry_run)
            ) changed
            """;

    private record OfCommand(long changed, long inactive) {}

    private final RunDatabase database;
    private final RunRepository runs;
    private final RunOrder order;
    private final Operation operation;
    private final AttemptState attempt;

    public PreflightTasklet(RunDatabase database, RunRepository runs, RunOrder order, AttemptState attempt) {
        this.database = database;
        this.runs = runs;
        this.order = order;
        this.operation = order.operation();
        this.attempt = attempt;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext)
            throws JobInterruptedException {
        requireNotStopped();
        Run run = runs.find(attempt.run().id()).orElseThrow();
        if (!run.dryRun() && runs.hasChunks(run.id())) {
            return RepeatStatus.FINISHED;
        }
        Change change = operation.change(run);
        new Rights(database.patientJdbc(), change).require();
        Preview preview = count(run);
        attempt.monitor().noted(describe(preview));
        RefusedException objection = objection(run, preview);
        if (run.dryRun()) {
            keep(objection, contribution);
        } else if (objection != null) {
            throw objection;
        } else {
            if (order.request().needsConfirmation()) {
                confirm(run, preview);
            }
            operation.beforeFirstWrite(run);
        }
        return RepeatStatus.FINISHED;
    }

    /** A person who stops a program expects no question from it. */
    private void requireNotStopped() throws JobInterruptedException {
        if (attempt.stop().isRequested()) {
            throw new JobInterruptedException("stopped before the first change");
        }
    }

    /** The reason to refuse the run; null if there is none. */
    private @Nullable RefusedException objection(Run run, Preview preview) {
        RowCheck rows =
                new RowCheck(database.patientJdbc(), run.id(), order.request().rowLimits());
        String count = rows.ofCount(preview.rows());
        if (count != null) {
            throw InputException.unreadable(run.inputName(), count);
        }
        String badRows = rows.ofBadRows(preview.rows());
        if (badRows != null) {
            return InputException.unreadable(run.inputName(), badRows);
        }
        String guard =
                operation.isGuarded() ? Guard.judge(preview, order.request().guard()) : null;
        return guard == null ? null : new RefusedException(ExitCode.REFUSED, guard);
    }

    private void keep(@Nullable RefusedException objection, StepContribution contribution) {
        if (objection != null) {
            JobExecution execution = contribution.getStepExecution().getJobExecution();
            runs.attempts().ended(execution.getId(), String.valueOf(objection.getMessage()));
            ExecutionContext context = execution.getExecutionContext();
            context.putString(OBJECTION, String.valueOf(objection.getMessage()));
            context.putInt(OBJECTION_STATUS, objection.exitCode().status());
        }
    }

    private void confirm(Run run, Preview preview) throws JobInterruptedException {
        String question = operation.question(run, preview.changes(), database.patientJdbc());
        if (question == null) {
            return;
        }
        requireNotStopped();
        order.confirmation()
                .require(preview.changes(), question, () -> new Forecaster(database, operation, run).forecast());
    }

    private String describe(Preview preview) {
        String ofCommand = preview.changedBefore() == 0
                ? ""
                : "; with the %s of the command's earlier files, %s of %s"
                        .formatted(
                                Counts.figure(preview.changedBefore()),
                                Counts.figure(preview.changesOfCommand()),
                                Counts.figure(preview.activeAtStart()));
        String share = operation.isGuarded()
                ? " (%s %%)".formatted(new Share(preview.changes(), preview.activeUsers()).percent())
                : "";
        return "%s %s %s; %s %s, of %s%s%s"
                .formatted(
                        Counts.of(preview.rows(), "row"),
                        preview.rows() == 1 ? "names" : "name",
                        Counts.of(preview.users(), "user"),
                        Counts.figure(preview.changes()),
                        operation.wording().would(),
                        Counts.of(preview.activeUsers(), "active user"),
                        share,
                        ofCommand);
    }

    private Preview count(Run run) {
        OfCommand earlier = earlier(run);
        return database.patientJdbc()
                .sql(COUNTS.formatted(operation.eligible(run)))
                .param("run", run.id())
                .query((row, number) -> new Preview(
                        row.getLong("rows"),
                        row.getLong("users"),
                        row.getLong("changes"),
                        row.getLong("active_users"),
                        earlier.changed(),
                        row.getLong("active_users") + earlier.inactive()))
                .single();
    }

    private OfCommand earlier(Run run) {
        CommandDefinition command = order.command();
        return !operation.isGuarded() || command == null
                ? new OfCommand(0, 0)
                : database.patientJdbc()
                        .sql(OF_COMMAND)
                        .param("command", runs.commands().find(command).orElse(null), Types.BIGINT)
                        .param("run", run.id())
                        .query(OfCommand.class)
                        .single();
    }
}
