package com.fuse.users.partition;

import com.fuse.users.liveness.AttemptState;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
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
            managed.share(partitions, gridSize);
            new PartitionThreads(worker, gridSize, attempt).work(managed::next);
        } finally {
            managed.close();
        }
        Set<StepExecution> results = new HashSet<>();
        for (StepExecution partition : partitions) {
            results.add(managed.isOwn(partition) ? partition : ended(partition.getId()));
        }
        return results;
    }

    /** The result of a helper; if the run is to stop first, the partition is stopped. */
    private StepExecution ended(long id) {
        StepExecution partition = Objects.requireNonNull(repository.getStepExecution(id));
        if (partition.getStatus().isRunning()) {
            partition.setStatus(BatchStatus.STOPPED);
            partition.setEndTime(LocalDateTime.now());
            try {
                repository.update(partition);
            } catch (OptimisticLockingFailureException e) {
                // The helper has just ended it, or a chunk of it.
                return partition;
            }
        }
        return partition;
    }
}
