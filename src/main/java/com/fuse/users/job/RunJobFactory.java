package com.fuse.users.job;

import com.fuse.users.change.ChangeWriter;
import com.fuse.users.change.Decider;
import com.fuse.users.change.Decision;
import com.fuse.users.change.SliceSize;
import com.fuse.users.change.StepCounter;
import com.fuse.users.change.Target;
import com.fuse.users.change.TargetReader;
import com.fuse.users.change.UserRange;
import com.fuse.users.change.UserRangePartitioner;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.liveness.InterruptibleDataSource;
import com.fuse.users.operation.Operation;
import com.fuse.users.preflight.Confirmation;
import com.fuse.users.preflight.PreflightTasklet;
import com.fuse.users.report.ReportTasklet;
import com.fuse.users.report.RunReport;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunLogContext;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.RunRequest;
import com.fuse.users.staging.StagingTasklet;
import java.time.Clock;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

/**
 * Builds the job of one attempt at a run: stage, preflight, change, report. Built for each attempt, because the
 * steps hold what the operator asked for this time; Spring Batch knows them again by their names.
 */
public class RunJobFactory {

    private final JobRepository jobRepository;
    private final PlatformTransactionManager transactionManager;
    private final InterruptibleDataSource dataSource;
    private final JdbcClient jdbc;
    private final JdbcClient patientJdbc;
    private final RunRepository runs;
    private final RunSummaries summaries;
    private final RunReport report;
    private final Clock clock;

    public RunJobFactory(
            JobRepository jobRepository,
            PlatformTransactionManager transactionManager,
            InterruptibleDataSource dataSource,
            RunRepository runs,
            RunSummaries summaries,
            RunReport report,
            Clock clock) {
        this.jobRepository = jobRepository;
        this.transactionManager = transactionManager;
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.patientJdbc = JdbcClient.create(dataSource.patient());
        this.runs = runs;
        this.summaries = summaries;
        this.report = report;
        this.clock = clock;
    }

    Job build(
            Operation operation, Run run, RunRequest request, Confirmation confirmation, Attempt attempt, int number) {
        RunMonitor monitor = attempt.monitor();
        Tasklet staging = new StagingTasklet(dataSource, runs, clock, run, operation.rows(), monitor, attempt.stop());
        Tasklet preflight = new PreflightTasklet(
                patientJdbc,
                new StepCounter(patientJdbc, clock),
                runs,
                run.id(),
                operation,
                request,
                monitor,
                confirmation);
        Tasklet reporting = new ReportTasklet(runs, summaries, report, run, request, monitor);
        return new JobBuilder(run.command(), jobRepository)
                .listener(new RunStartListener(runs, run))
                .start(tasklet("stage", staging, attempt, TransactionDefinition.ISOLATION_REPEATABLE_READ))
                .next(preflight(preflight))
                .next(partitioned(operation, run, request, attempt, number))
                .next(tasklet("report", reporting, attempt, TransactionDefinition.ISOLATION_DEFAULT))
                .build();
    }

    private Step tasklet(String name, Tasklet tasklet, Attempt attempt, int isolation) {
        // A tasklet that fails by a checked exception would be committed and begun again, for ever.
        DefaultTransactionAttribute transaction = new DefaultTransactionAttribute() {
            @Override
            public boolean rollbackOn(Throwable failure) {
                return true;
            }
        };
        transaction.setIsolationLevel(isolation);
        return new StepBuilder(name, jobRepository)
                .tasklet(underLock(tasklet, attempt), transactionManager)
                .transactionAttribute(transaction)
                .listener(new CommitListener(attempt))
                .build();
    }

    /** In the step's transaction. Its statements are over the whole input, and take as long as that is. */
    private Tasklet underLock(Tasklet tasklet, Attempt attempt) {
        return (contribution, context) -> {
            InterruptibleDataSource.giveTime(DataSourceUtils.getConnection(dataSource));
            attempt.lock().join(jdbc);
            return tasklet.execute(contribution, context);
        };
    }

    /** Without a transaction, which would be idle while the operator thinks; and again as long as nothing is written. */
    private Step preflight(Tasklet preflight) {
        return new StepBuilder("preflight", jobRepository)
                .tasklet(preflight, new ResourcelessTransactionManager())
                .allowStartIfComplete(true)
                .build();
    }

    private Step partitioned(Operation operation, Run run, RunRequest request, Attempt attempt, int number) {
        SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("partition-");
        threads.setTaskDecorator(RunLogContext::propagating);
        PartitionWorker worker =
                new PartitionWorker("users", range -> chunks(operation, range, request, attempt, number));
        return new StepBuilder(run.command(), jobRepository)
                .partitioner(worker.getName(), new UserRangePartitioner(patientJdbc, run.id(), number))
                .step(worker)
                .gridSize(request.partitions())
                .taskExecutor(threads)
                .listener(new ProgressListener(
                        patientJdbc, run.id(), operation.wording().progress(), attempt.monitor()))
                .build();
    }

    private Step chunks(Operation operation, UserRange range, RunRequest request, Attempt attempt, int number) {
        Run staged = runs.find(range.runId()).orElseThrow();
        Decider decider = operation.decider(staged, jdbc);
        ChangeWriter writer = new ChangeWriter(
                jdbc, transactionManager, clock, staged.id(), number, operation.change(staged), staged.dryRun());
        Integer chunkSize = request.chunkSize();
        SliceSize size = chunkSize == null ? SliceSize.found(System::nanoTime) : SliceSize.fixed(chunkSize);
        ChunkBoundary boundary = new ChunkBoundary(jdbc, attempt);
        return new StepBuilder("users", jobRepository)
                // A slice of users is one item, so that its size can differ from transaction to transaction.
                .<List<Target>, List<Decision>>chunk(1)
                .transactionManager(transactionManager)
                .reader(new TargetReader(jdbc, range, size))
                .processor(decider)
                .writer(writer)
                .listener((ChunkListener<List<Target>, List<Decision>>) boundary)
                .listener((StepExecutionListener) boundary)
                .build();
    }
}
