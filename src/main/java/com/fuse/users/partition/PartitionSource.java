package com.fuse.users.partition;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;

/** Gives partitions to the threads of a process. */
interface PartitionSource {

    /** Returns the next partition, and waits if another may come; null if the thread has nothing more to do. */
    @Nullable
    StepExecution next();

    /** Takes note that the thread is through with a partition, successfully or not. */
    void done(StepExecution partition);
}
