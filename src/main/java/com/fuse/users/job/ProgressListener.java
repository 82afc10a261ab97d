package com.fuse.users.job;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** Shows the progress of the change while its step lasts. */
record ProgressListener(ChangeProgress progress) implements StepExecutionListener {

    @Override
    public void beforeStep(StepExecution stepExecution) {
        progress.start(stepExecution.getJobExecutionId());
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
        progress.end();
        return null;
    }
}
