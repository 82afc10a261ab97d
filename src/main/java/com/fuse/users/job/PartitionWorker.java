package com.fuse.users.job;

import com.fuse.users.change.UserRange;
import java.util.function.Function;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** Works on a partition with a step of its own, because the partition's range is known only from its execution context. */
record PartitionWorker(String name, Function<UserRange, Step> steps) implements Step {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void execute(StepExecution stepExecution) throws JobInterruptedException {
        steps.apply(UserRange.from(stepExecution.getExecutionContext())).execute(stepExecution);
    }
}
