package com.fuse.users.job;

import com.fuse.users.change.UserRange;
import java.util.function.Function;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** Works on a partition with a step of its own, made from what the partition's execution context says. */
final class PartitionWorker implements Step {

    private final String name;
    private final Function<UserRange, Step> steps;

    PartitionWorker(String name, Function<UserRange, Step> steps) {
        this.name = name;
        this.steps = steps;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void execute(StepExecution stepExecution) throws JobInterruptedException {
        steps.apply(UserRange.from(stepExecution.getExecutionContext())).execute(stepExecution);
    }
}
