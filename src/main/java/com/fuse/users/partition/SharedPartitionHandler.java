package com.fuse.users.partition;

import com.fuse.users.liveness.AttemptState;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.partition.support.AbstractPartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shares the partitions of an attempt between the threads of this process, the manager, and helpers in other processes.
 *
 * <p>Spring Batch's own handler for remote partitions waits until every partition has ended, also when the run is to stop
 * or a helper has died, and reads all of them with their contexts on each look.
 */
public final class SharedPartitionHandler extends AbstractPartitionHandler {

    private static final Duration LONGEST_CHUNK = Duration.ofSeconds(2);
    private static final long NANOS_BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(100);

    private final JobRepository repository;
    private final JdbcClient jdbc;
    private final AttemptState attempt;
    private final Supplier<PartitionQueue> queues;
    private final Step worker;

    /**
     * @param queues opens the queue, if there are more partitions than threads
     * @param worker works on one partition
     */
    public SharedPartitionHandler(
            JobRepository repository,
            JdbcClient jdbc,
            AttemptState attempt,
            Supplier<PartitionQueue> queues,
            Step worker) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.attempt = attempt;
        this.queues = queues;
        this.worker = worker;
    }

    @Override
    protected Set<StepExecution> doHandle(StepExecution manager, Set<StepExecution> partitions) throws Exception {
        ManagedPartitions managed = new ManagedPartitions(jdbc, attempt, queues);
        try {
            // In the order of the user IDs, so that neighbours are read from the same pages.
            managed.share(
                    partitions.stream()
                            .sorted(Comparator.comparing(StepExecution::getId))
                            .toList(),
                    gridSize);
            new PartitionThreads(worker, gridSize, attempt).work(managed::next);
        } finally {
            managed.close();
        }
        long end = System.nanoTime() + LONGEST_CHUNK.toNanos();
        Set<StepExecution> results = new HashSet<>();
        for (StepExecution partition : partitions) {
            results.add(managed.isOwn(partition) ? partition : ended(partition.getId(), end));
        }
        return results;
    }

    /**
     * The result of a helper. If the run is to stop, a partition that no process has begun is stopped.
     *
     * @param end how long helpers may take to complete their chunks: each looks once a second whether the run is to stop
     */
    private StepExecution ended(long id, long end) {
        StepExecution partition = partition(id);
        while (partition.getStatus() == BatchStatus.STARTED && System.nanoTime() < end) {
            LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
            partition = partition(id);
        }
        if (partition.getStatus() == BatchStatus.STARTED) {
            // It is recorded by the helper, or by the next attempt.
            partition.setStatus(BatchStatus.STOPPED);
        } else if (partition.getStatus() == BatchStatus.STARTING) {
            partition.setStatus(BatchStatus.STOPPED);
            partition.setEndTime(LocalDateTime.now());
            try {
                repository.update(partition);
            } catch (OptimisticLockingFailureException e) {
                // A helper has just begun it, and stops before its first chunk.
                return partition;
            }
        }
        return partition;
    }

    private StepExecution partition(long id) {
        return Objects.requireNonNull(repository.getStepExecution(id));
    }
}
