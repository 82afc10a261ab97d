package com.fuse.users.partition;

import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.HelperLock;
import com.fuse.users.liveness.RunDatabase;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** A helper's view of the partitions of an attempt: it takes from the queue what it can, until the attempt is over. Thread-safe. */
public final class HelpedPartitions {

    private static final long NANOS_BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(200);

    private final JobRepository repository;
    private final RunDatabase database;
    private final AttemptState attempt;
    private final HelperLock lock;
    private final PartitionQueue queue;

    public HelpedPartitions(
            JobRepository repository,
            RunDatabase database,
            AttemptState attempt,
            HelperLock lock,
            PartitionQueue queue) {
        this.repository = repository;
        this.database = database;
        this.attempt = attempt;
        this.lock = lock;
        this.queue = queue;
    }

    /**
     * Works on partitions until the attempt is over, or this process is to stop.
     *
     * @param worker works on one partition
     * @param threads how many partitions are worked on at the same time
     */
    public void work(Step worker, int threads) throws Exception {
        Step leased = partition -> {
            try {
                worker.execute(partition);
            } finally {
                lock.release(partition.getId());
            }
        };
        new PartitionThreads(leased, threads, attempt).work(this::next);
    }

    /** The next partition; null if the attempt is over. One thread at a time looks. */
    private synchronized @Nullable StepExecution next() {
        while (!attempt.shouldStop()) {
            Optional<Long> taken = database.inTransaction(this::take);
            if (taken.isPresent()) {
                StepExecution partition = repository.getStepExecution(taken.get());
                // A request that was delivered before is no longer of use.
                if (partition != null && partition.getStatus() == BatchStatus.STARTING) {
                    return partition;
                }
                lock.release(taken.get());
            }
            LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
        }
        return null;
    }

    /** The lease comes before the request is gone from the queue, so that the manager never sees neither. */
    private Optional<Long> take() {
        return Optional.ofNullable(queue.take()).filter(lock::lease);
    }
}
