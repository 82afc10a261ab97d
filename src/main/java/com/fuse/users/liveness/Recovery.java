package com.fuse.users.liveness;

import com.fuse.users.run.Run;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Ends in Spring Batch's metadata what a process left open that died or lost its connection, so that the run can be
 * started again. The caller holds the run's lock: the process is dead.
 *
 * <p>Unlike the job operator's own recovery it also ends what Spring Batch calls UNKNOWN, because the answer to a commit
 * never came: position, changes and outcomes are one transaction, so whichever way it went, what the next attempt reads
 * is true.
 */
public record Recovery(JobRepository jobRepository) {

    /** Returns which attempt the next one is, counted from 1. */
    public int recover(Run run, JobParameters parameters) {
        JobInstance instance = jobRepository.getJobInstance(run.command(), parameters);
        if (instance == null) {
            return 1;
        }
        List<JobExecution> executions = jobRepository.getJobExecutions(instance);
        if (executions.isEmpty()) {
            // Spring Batch makes the two in two transactions, and refuses to start an instance that has no execution.
            jobRepository.deleteJobInstance(instance);
        }
        executions.forEach(this::end);
        return executions.size() + 1;
    }

    private void end(JobExecution execution) {
        for (StepExecution step : execution.getStepExecutions()) {
            if (isUnfinished(step.getStatus())) {
                step.setStatus(BatchStatus.FAILED);
                step.setEndTime(lastSignOfLife(step));
                jobRepository.update(step);
            }
        }
        if (isUnfinished(execution.getStatus())) {
            execution.setStatus(BatchStatus.FAILED);
            execution.setEndTime(execution.getStepExecutions().stream()
                    .map(StepExecution::getEndTime)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElseGet(LocalDateTime::now));
            jobRepository.update(execution);
        }
    }

    /** What comes after it is no work, but the pause until somebody started the run again. */
    private static LocalDateTime lastSignOfLife(StepExecution step) {
        return Objects.requireNonNullElseGet(step.getLastUpdated(), LocalDateTime::now);
    }

    private static boolean isUnfinished(BatchStatus status) {
        return status.isRunning() || status == BatchStatus.UNKNOWN;
    }
}
