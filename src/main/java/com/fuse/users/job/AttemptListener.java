package com.fuse.users.job;

import com.fuse.users.run.Actor;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.dao.DataAccessException;

/** Records who makes the attempt before its first step, and at its end why it was refused or failed. */
record AttemptListener(RunRepository runs, Run run, Actor actor, long lockPid) implements JobExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptListener.class);

    @Override
    public void beforeJob(JobExecution attempt) {
        runs.started(run.id(), attempt.getJobInstanceId());
        runs.attempts().started(attempt.getId(), actor, lockPid);
    }

    @Override
    public void afterJob(JobExecution attempt) {
        // A stop is an exception too. A database that is gone can record nothing, and every try takes seconds.
        if (!attempt.getStatus().isUnsuccessful()
                || attempt.getAllFailureExceptions().isEmpty()) {
            return;
        }
        AttemptFailure failure = new AttemptFailure(AttemptFailure.of(attempt.getAllFailureExceptions()));
        if (failure.isUnreachable()) {
            return;
        }
        try {
            runs.attempts().failed(attempt.getId(), failure.describe());
        } catch (DataAccessException e) {
            // The database may be the cause of the failure.
            LOG.debug("error not recorded", e);
        }
    }
}
