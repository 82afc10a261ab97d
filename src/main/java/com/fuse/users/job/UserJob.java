package com.fuse.users.job;

import com.fuse.users.change.ChangeWriter;
import com.fuse.users.change.ChunkChange;
import com.fuse.users.change.Decider;
import com.fuse.users.change.Decision;
import com.fuse.users.change.IsolatingDecider;
import com.fuse.users.change.RefusalLimit;
import com.fuse.users.change.RefusalProbe;
import com.fuse.users.change.Savepoints;
import com.fuse.users.change.Target;
import com.fuse.users.change.TargetReader;
import com.fuse.users.change.UserRange;
import com.fuse.users.change.UserRangePartitioner;
import com.fuse.users.history.RunSummary;
import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.liveness.UserIds;
import com.fuse.users.operation.RunOrder;
import com.fuse.users.partition.PartitionQueue;
import com.fuse.users.partition.SharedPartitionHandler;
import com.fuse.users.preflight.PreflightTasklet;
import com.fuse.users.report.ReportTasklet;
import com.fuse.users.run.Actor;
import com.fuse.users.run.Run;
import com.fuse.users.staging.StagingTasklet;
import com.fuse.users.throttle.Throttle;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.listener.StepListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.RollbackRuleAttribute;
import org.springframework.transaction.interceptor.RuleBasedTransactionAttribute;

/**
 * The Spring Batch job of one attempt: stage, preflight, the change, report. Each attempt builds its own job, because
 * the steps depend on the options of its command; Spring Batch recognizes the steps by their names.
 */
record UserJob(JobEngine engine, RunOrder order, AttemptState attempt, Throttle throttle, int number) {

    /** @param reported takes the summary of the run once its report is written */
    Job build(Consumer<RunSummary> reported) {
        Run run = attempt.run();
        SimpleJobBuilder steps = new JobBuilder(run.command(), repository())
                .listener(new AttemptListener(engine.runs(), attempt, Actor.ofThisProcess()))
                .start(stage())
                .next(preflight());
        for (UserIds users : attempt.usersToTakeApart()) {
            steps.next(oneByOne(users));
        }
        return steps.next(change()).next(report(reported)).build();
    }

    private Step stage() {
        return underLock(
                "stage",
                new StagingTasklet(database(), engine.runs(), order.operation().rows(), attempt),
                TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Runs without a database transaction, which would be idle while the operator thinks. */
    private Step preflight() {
        return new StepBuilder("preflight", repository())
                .tasklet(
                        new PreflightTasklet(database(), engine.runs(), order, attempt),
                        new ResourcelessTransactionManager())
                .allowStartIfComplete(true)
                .build();
    }

    private Step change() {
        Run run = attempt.run();
        SharedPartitionHandler handler =
                new SharedPartitionHandler(repository(), database().jdbc(), attempt, this::queue, partitionWorker());
        handler.setGridSize(order.request().pace().partitions());
        return new StepBuilder(run.command(), repository())
                .partitioner(
                        "users",
                        new UserRangePartitioner(
                                database().patientJdbc(),
                                run.id(),
                                number,
                                order.request().pace().chunkSize(),
                                order.request().join()))
                .partitionHandler(handler)
                .listener(new ProgressListener(progress()))
                .build();
    }

    /** The partitions of this attempt that no process has taken yet. */
    PartitionQueue queue() {
        return new PartitionQueue(database().dataSource(), attempt.run().id(), number);
    }

    /** Works on one partition, in the manager or in a helper. */
    Step partitionWorker() {
        return new PartitionWorker("users", this::chunks);
    }

    private Step chunks(UserRange range) {
        return chunks(
                        "users",
                        range,
                        order.request().pace().chunkSize(),
                        Savepoints.patient(database()),
                        UnaryOperator.identity())
                .build();
    }

    /**
     * Takes the users of a chunk that failed for too long one by one, so that only the users who are the cause fail.
     * Each user has a transaction, because a wait for one user must not keep the others locked.
     */
    private Step oneByOne(UserIds users) {
        UserRange range = new UserRange(attempt.run().id(), users.first(), users.last());
        Savepoints savepoints = Savepoints.impatient(database());
        String name = "users-one-by-one:attempt%d-from%d".formatted(number, users.first());
        return chunks(name, range, 1, savepoints, decider -> new IsolatingDecider(decider, savepoints))
                .listener((StepExecutionListener) new ProgressListener(progress()))
                .build();
    }

    private ChunkOrientedStepBuilder<Target, Decision> chunks(
            String name, UserRange range, int chunkSize, Savepoints savepoints, UnaryOperator<Decider> isolation) {
        Run staged = engine.runs().find(range.runId()).orElseThrow();
        ChunkChange change = new ChunkChange(
                database(), staged.id(), number, order.operation().change(staged), staged.dryRun());
        Decider decider =
                isolation.apply(order.operation().decider(staged, database().jdbc()));
        // A run of one chunk has no place to wait, and nothing that a wait would spare the platform.
        boolean waits = Objects.requireNonNull(staged.rowCount())
                > order.request().pace().chunkSize();
        ChunkBoundary boundary = new ChunkBoundary(
                database().jdbc(),
                attempt,
                waits ? throttle : new Throttle(System::nanoTime),
                order.request().pace().gentle(),
                range.lastUser(database().jdbc()));
        return new StepBuilder(name, repository())
                .<Target, Decision>chunk(chunkSize)
                .transactionManager(database().transactionManager())
                .reader(TargetReader.of(database(), range, number, chunkSize))
                .processor(decider)
                .writer(new ChangeWriter(
                        savepoints,
                        change,
                        new RefusalLimit(database().jdbc(), staged.id()),
                        new RefusalProbe(database().jdbc(), staged.id(), decider, change, savepoints)))
                .interruptionPolicy(boundary)
                .listener((StepListener) boundary);
    }

    /** Shows the progress of the change. */
    ChangeProgress progress() {
        return new ChangeProgress(
                database(), attempt, order.operation().wording().progress());
    }

    private Step report(Consumer<RunSummary> reported) {
        return underLock(
                "report",
                new ReportTasklet(engine.runs(), engine.report(), order.request(), attempt, reported),
                TransactionDefinition.ISOLATION_DEFAULT);
    }

    /** A step of one transaction, which is tied to the run's lock and has time for statements over a whole input. */
    private Step underLock(String name, Tasklet tasklet, int isolation) {
        // By default, a tasklet that fails with a checked exception would be committed and repeated without end.
        RuleBasedTransactionAttribute transaction = new RuleBasedTransactionAttribute(
                TransactionDefinition.PROPAGATION_REQUIRED, List.of(new RollbackRuleAttribute(Throwable.class)));
        transaction.setIsolationLevel(isolation);
        return new StepBuilder(name, repository())
                .tasklet(
                        (contribution, context) -> {
                            database().giveTime();
                            attempt.join(database().jdbc());
                            return tasklet.execute(contribution, context);
                        },
                        database().transactionManager())
                .transactionAttribute(transaction)
                .listener(new CommitListener(attempt))
                .build();
    }

    private JobRepository repository() {
        return engine.jobRepository();
    }

    private RunDatabase database() {
        return engine.database();
    }
}
