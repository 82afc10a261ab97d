package com.fuse.users.partition;

import com.fuse.users.liveness.AttemptState;
import com.fuse.users.run.RunLogContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The threads of this process that work on partitions.
 *
 * @param worker works on one partition
 * @param count how many partitions are worked on at the same time
 */
record PartitionThreads(Step worker, int count, AttemptState attempt) {

    /**
     * Returns when all threads have ended.
     *
     * @param partitions returns the next partition, and waits if another may come; null if the thread has nothing more to do
     * @throws Exception if no partition could be taken; a partition that fails carries its own failure
     */
    void work(Supplier<@Nullable StepExecution> partitions) throws Exception {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("partition-");
        executor.setTaskDecorator(RunLogContext::propagating);
        List<FutureTask<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < count; thread++) {
            FutureTask<Void> task = new FutureTask<>(() -> workAlone(partitions), null);
            threads.add(task);
            executor.execute(task);
        }
        RuntimeException failure = null;
        for (FutureTask<Void> thread : threads) {
            try {
                thread.get();
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(e.getCause());
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void workAlone(Supplier<@Nullable StepExecution> partitions) {
        try {
            for (StepExecution partition = partitions.get(); partition != null; partition = partitions.get()) {
                execute(partition);
            }
        } catch (RuntimeException | Error e) {
            attempt.abort();
            throw e;
        }
    }

    private void execute(StepExecution partition) {
        try {
            worker.execute(partition);
        } catch (Exception e) {
            partition.addFailureException(e);
            partition.setStatus(BatchStatus.FAILED);
            attempt.abort();
        }
    }
}
