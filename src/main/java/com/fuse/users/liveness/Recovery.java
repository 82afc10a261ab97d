package com.fuse.users.liveness;

import com.fuse.users.run.Run;
import com.fuse.users.run.request.RunParameters;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Marks as FAILED the executions of a process that died or lost its connection, so that the run can be started again.
 * The caller holds the run's lock, so that process can no longer write.
 *
 * <p>Unlike {@code JobOperator.recover}, it also ends executions in the status UNKNOWN, which Spring Batch sets when the
 * answer to a commit is lost. That is safe: outcomes and changes are one transaction, so the next attempt reads the
 * truth either way. It also keeps the time of the last sign of life as the end, instead of the time of the recovery.
 */
public record Recovery(JdbcClient jdbc, JobRepository jobRepository) {

    /** Attempts that have ended have up to 200 steps each, and there may be many attempts. */
    private static final String ATTEMPTS = """
            select e.job_execution_id,
                   e.status in (:unfinished)
                   or exists (select from fuse_batch.batch_step_execution s
                              where s.job_execution_id = e.job_execution_id and s.status in (:unfinished)) as unfinished
            from fuse_batch.batch_job_execution e
            where e.job_instance_id = :instance
            """;

    private static final List<String> UNFINISHED = Arrays.stream(BatchStatus.values())
            .filter(Recovery::isUnfinished)
            .map(BatchStatus::name)
            .toList();

    private record Attempt(long jobExecutionId, boolean unfinished) {}

    /** Returns the number of the next attempt, counted from 1. */
    public int recover(Run run) {
        JobInstance instance = jobRepository.getJobInstance(run.command(), RunParameters.identifying(run.id()));
        if (instance == null) {
            return 1;
        }
        List<Attempt> attempts = jdbc.sql(ATTEMPTS)
                .param("instance", instance.getInstanceId())
                .param("unfinished", UNFINISHED)
                .query(Attempt.class)
                .list();
        if (attempts.isEmpty()) {
            // Spring Batch creates the two in two transactions, and refuses to start an instance without an execution.
            jobRepository.deleteJobInstance(instance);
        }
        attempts.stream()
                .filter(Attempt::unfinished)
                .map(attempt -> Objects.requireNonNull(jobRepository.getJobExecution(attempt.jobExecutionId())))
                .forEach(this::end);
        return attempts.size() + 1;
    }

    /**
     * Marks the newest execution as ABANDONED, so that Spring Batch refuses to start the run again too.
     *
     * @return whether that execution had been stopped on request
     */
    public boolean abandon(Run run) {
        recover(run);
        JobInstance instance = jobRepository.getJobInstance(run.command(), RunParameters.identifying(run.id()));
        if (instance == null) {
            return false;
        }
        JobExecution newest = Objects.requireNonNull(jobRepository.getLastJobExecution(instance));
        boolean stopped = newest.getStatus() == BatchStatus.STOPPED;
        newest.setStatus(BatchStatus.ABANDONED);
        jobRepository.update(newest);
        return stopped;
    }

    private void end(JobExecution execution) {
        for (StepExecution step : execution.getStepExecutions()) {
            if (isUnfinished(step.getStatus())) {
                step.setStatus(BatchStatus.FAILED);
                step.setEndTime(Objects.requireNonNullElseGet(step.getLastUpdated(), LocalDateTime::now));
                jobRepository.update(step);
            }
        }
        if (isUnfinished(execution.getStatus())) {
            execution.setStatus(BatchStatus.FAILED);
            execution.setEndTime(lastSignOfLife(execution));
            jobRepository.update(execution);
        }
    }

    private static LocalDateTime lastSignOfLife(JobExecution execution) {
        return Stream.concat(
                        Stream.of(execution.getLastUpdated()),
                        execution.getStepExecutions().stream().map(StepExecution::getEndTime))
                .filter(Objects::nonNull)
                .max(LocalDateTime::compareTo)
                .orElseGet(LocalDateTime::now);
    }

    private static boolean isUnfinished(BatchStatus status) {
        return status.isRunning() || status == BatchStatus.UNKNOWN;
    }
}
