package com.fuse.users.job;

import com.fuse.users.liveness.AttemptState;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** Tells the attempt that a step of one transaction is committed. */
record CommitListener(AttemptState attempt) implements StepExecutionListener {

    @Override
    public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
        if (stepExecution.getStatus() == BatchStatus.COMPLETED) {
            attempt.committed();
        }
        return null;
    }
}
