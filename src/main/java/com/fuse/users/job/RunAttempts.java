package com.fuse.users.job;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.InterruptibleDataSource;
import com.fuse.users.liveness.Recovery;
import com.fuse.users.liveness.RunLockLostException;
import com.fuse.users.operation.Operation;
import com.fuse.users.preflight.Confirmation;
import com.fuse.users.preflight.PreflightTasklet;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.RunRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One attempt at a run: recovers what a dead process left, starts the job, and tells how it went. */
public class RunAttempts {

    private final InterruptibleDataSource dataSource;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JobOperator jobOperator;
    private final RunJobFactory jobs;
    private final RunRepository runs;
    private final Recovery recovery;

    public RunAttempts(
            InterruptibleDataSource dataSource,
            PlatformTransactionManager transactionManager,
            JobOperator jobOperator,
            JobRepository jobRepository,
            RunJobFactory jobs,
            RunRepository runs) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactionManager);
        this.jobOperator = jobOperator;
        this.jobs = jobs;
        this.runs = runs;
        this.recovery = new Recovery(jobRepository);
    }

    /**
     * Returns if the run has ended, or was stopped on request. The attempt's lock is held by the caller.
     *
     * @throws RuntimeException what made the attempt fail: the first cause that says something
     */
    RunEnd make(Operation operation, Run run, RunRequest request, Confirmation confirmation, Attempt attempt) {
        JobParameters parameters =
                new JobParametersBuilder().addLong("run", run.id()).toJobParameters();
        JobExecution execution;
        try (LockWatch watch = new LockWatch(dataSource, run.id(), attempt)) {
            int number = underLock(attempt, () -> recovery.recover(run, parameters));
            Job job = jobs.build(operation, run, request, confirmation, attempt, number);
            execution = jobOperator.start(job, parameters);
        } catch (JobExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return ended(run.id(), execution);
        }
        ExitCode stopped = attempt.stop().exitCode();
        List<Throwable> failures = execution.getAllFailureExceptions();
        if (stopped != null && execution.getStatus() == BatchStatus.STOPPED) {
            return RunEnd.stopped(stopped, run);
        }
        throw failures.isEmpty() ? new RunLockLostException() : cause(failures);
    }

    /**
     * Ends a run that is refused, unless another process has taken it over.
     *
     * @throws RunLockLostException if one may have
     */
    void refuse(Run run, ExitCode exitCode, Attempt attempt) {
        underLock(attempt, () -> {
            runs.end(run.id(), exitCode);
            return exitCode;
        });
    }

    private <T> T underLock(Attempt attempt, Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            attempt.lock().join(jdbc);
            return work.get();
        }));
    }

    private RunEnd ended(long id, JobExecution execution) {
        Run run = runs.find(id).orElseThrow();
        String guard = execution.getExecutionContext().containsKey(PreflightTasklet.GUARD)
                ? execution.getExecutionContext().getString(PreflightTasklet.GUARD)
                : null;
        return new RunEnd(ExitCode.of(Objects.requireNonNull(run.exitCode())), run, guard);
    }

    /** What the program itself says outranks an error, and an error what Spring Batch says about it. */
    private static RuntimeException cause(List<Throwable> failures) {
        for (Throwable failure : failures) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof RefusedException || cause instanceof RunLockLostException) {
                    return (RuntimeException) cause;
                }
            }
        }
        Throwable first = failures.stream()
                .filter(failure -> DatabaseError.in(failure).isPresent())
                .findFirst()
                .or(() -> failures.stream()
                        .filter(failure -> !(failure instanceof JobExecutionException))
                        .findFirst())
                .orElse(failures.get(0));
        // Below the database's error is the network's, which says less.
        Throwable telling =
                DatabaseError.in(first).isPresent() ? first : NestedExceptionUtils.getMostSpecificCause(first);
        return new RunFailedException(telling);
    }
}
