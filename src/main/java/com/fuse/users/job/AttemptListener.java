package com.fuse.users.job;

import com.fuse.users.liveness.AttemptState;
import com.fuse.users.run.Actor;
import com.fuse.users.run.RunRepository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.dao.DataAccessException;

/** Records who makes the attempt before its first step, and at its end why it was refused, failed or gave up waiting. */
record AttemptListener(RunRepository runs, AttemptState state, Actor actor) implements JobExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptListener.class);

    @Override
    public void beforeJob(JobExecution attempt) {
        runs.started(state.run().id(), attempt.getJobInstanceId());
        runs.attempts().started(attempt.getId(), actor, state.lockPid());
    }

    @Override
    public void afterJob(JobExecution attempt) {
        String why = state.stop().why();
        if (why != null && attempt.getStatus().isUnsuccessful()) {
            // A partition may have failed meanwhile, but that is not the reason.
            attempt.setStatus(BatchStatus.STOPPED);
        }
        boolean stopped = attempt.getStatus() == BatchStatus.STOPPED;
        String error = stopped ? why : failure(attempt);
        // What the preflight said of a plan is not why it was stopped; the next attempt says it again.
        if (error == null && !stopped) {
            return;
        }
        try {
            runs.attempts().ended(attempt.getId(), error);
        } catch (DataAccessException e) {
            // The database may be the cause of the failure.
            LOG.debug("error not recorded", e);
        }
    }

    /** Null if there is none, or if the database is gone: it can record nothing, and every try takes seconds. */
    private static @Nullable String failure(JobExecution attempt) {
        if (!attempt.getStatus().isUnsuccessful()
                || attempt.getAllFailureExceptions().isEmpty()) {
            return null;
        }
        AttemptFailure failure = new AttemptFailure(AttemptFailure.of(attempt.getAllFailureExceptions()));
        return failure.isUnreachable() ? null : failure.describe();
    }
}
