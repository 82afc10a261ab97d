package com.fuse.users.partition;

import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.HelperLock;
import com.fuse.users.liveness.Polling;
import com.fuse.users.liveness.RunDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** A helper's view of the partitions of an attempt: it takes from the queue what it can, until the attempt is over. Thread-safe. */
public final class HelpedPartitions {

    private final JobRepository repository;
    private final RunDatabase database;
    private final AttemptState attempt;
    private final HelperLock lock;
    private final PartitionQueue queue;
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

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
     * Works on partitions until the attempt is over, this process is to stop, or a partition fails. Returns why partitions
     * failed while the attempt went on; its end fails them too.
     *
     * @param worker works on one partition
     * @param threads how many partitions are worked on at the same time
     * @throws Exception if no partition could be taken
     */
    public List<Throwable> work(Step worker, int threads) throws Exception {
        Step leased = partition -> {
            try {
                worker.execute(partition);
            } finally {
                // The manager ends the attempt soon after the lease.
                if (partition.getStatus().isUnsuccessful() && lock.isOpen(database.jdbc())) {
                    failures.addAll(partition.getFailureExceptions());
                }
                lock.release(partition.getId());
            }
        };
        new PartitionThreads(leased, threads, attempt).work(this::next);
        return List.copyOf(failures);
    }

    /** The next partition; null if the attempt is over. One thread at a time looks. */
    private synchronized @Nullable StepExecution next() {
        while (!attempt.shouldStop()) {
            Optional<Long> request = database.inTransaction(this::take);
            if (request.isPresent()) {
                StepExecution partition = repository.getStepExecution(request.get());
                // A request that was delivered before is no longer of use.
                if (partition != null && partition.getStatus() == BatchStatus.STARTING) {
                    return partition;
                }
                lock.release(request.get());
            }
            Polling.pause();
        }
        return null;
    }

    /** The lease comes before the request is gone from the queue, so that the manager never sees neither. */
    private Optional<Long> take() {
        return Optional.ofNullable(queue.take()).filter(lock::lease);
    }
}
