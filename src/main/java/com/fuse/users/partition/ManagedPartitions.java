package com.fuse.users.partition;

import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.HelperLock;
import com.fuse.users.liveness.Polling;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The manager's view of an attempt's partitions. Its own threads begin with one each; only what is left goes through the
 * queue, where helpers can take it. So a small run needs no queue.
 *
 * <p>A partition is begun at most once. If a helper fails, dies or gives a partition back, the attempt fails, and the next
 * one cuts the users that are left. Thread-safe.
 */
final class ManagedPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedPartitions.class);

    /** Two seconds: a helper may end because of a stop that this process, which looks once a second, sees later. */
    private static final int LOOKS_UNTIL_LOST = 10;

    private static final String OPEN = "select s.step_execution_id as partition, " + HelperLock.IS_LEASED + " as leased"
            + " from fuse_batch.batch_step_execution s"
            + " where s.step_execution_id = any(:partitions) and s.status <> 'COMPLETED'";

    private static final String IS_UNBEGUN = "select s.status = 'STARTING' and not " + HelperLock.IS_LEASED
            + " from fuse_batch.batch_step_execution s where s.step_execution_id = :partition";

    /** A partition that is not completed. */
    private record Helped(long partition, boolean leased) {}

    private final JdbcClient jdbc;
    private final AttemptState attempt;
    private final Supplier<PartitionQueue> queues;
    /** Null if nothing is left for others. */
    private @Nullable PartitionQueue queue;

    private final Deque<StepExecution> own = new ArrayDeque<>();
    /** Partitions that this process has not taken, and that are not known to be completed. */
    private final Map<Long, StepExecution> queued = new LinkedHashMap<>();

    private final Set<Long> taken = new HashSet<>();
    private final Map<Long, Integer> looksWithoutLease = new HashMap<>();

    ManagedPartitions(JdbcClient jdbc, AttemptState attempt, Supplier<PartitionQueue> queues) {
        this.jdbc = jdbc;
        this.attempt = attempt;
        this.queues = queues;
    }

    /**
     * @param partitions in the order in which they are to be taken
     * @param threads how many partitions this process begins with
     */
    void share(List<StepExecution> partitions, int threads) {
        for (StepExecution partition : partitions) {
            if (own.size() < threads) {
                own.add(partition);
                continue;
            }
            if (queue == null) {
                queue = queues.get();
            }
            queue.add(partition);
            queued.put(partition.getId(), partition);
        }
    }

    /** The next partition for a thread of this process; null if none is left. One thread at a time looks. */
    synchronized @Nullable StepExecution next() {
        while (!attempt.shouldStop()) {
            if (!own.isEmpty()) {
                return take(own.remove());
            }
            if (queue == null || queued.isEmpty()) {
                return null;
            }
            Long request = queue.take();
            // A request that was delivered before is no longer of use.
            StepExecution partition = request == null || !isUnbegun(request) ? null : queued.remove(request);
            if (partition != null) {
                return take(partition);
            }
            if (request == null && queue.isEmpty()) {
                lookAtHelpers();
            }
            Polling.pause();
        }
        return null;
    }

    private boolean isUnbegun(long partition) {
        return jdbc.sql(IS_UNBEGUN)
                .param("partition", partition)
                .query(Boolean.class)
                .single();
    }

    private StepExecution take(StepExecution partition) {
        taken.add(partition.getId());
        return partition;
    }

    /** Forgets what helpers have completed. */
    private void lookAtHelpers() {
        Map<Long, Helped> open = new HashMap<>();
        jdbc.sql(OPEN)
                .param("partitions", queued.keySet().toArray(Long[]::new))
                .query(Helped.class)
                .list()
                .forEach(helped -> open.put(helped.partition(), helped));
        queued.keySet().retainAll(open.keySet());
        open.values().forEach(this::requireAlive);
    }

    private void requireAlive(Helped helped) {
        int looks = helped.leased() ? 0 : looksWithoutLease.getOrDefault(helped.partition(), 0) + 1;
        looksWithoutLease.put(helped.partition(), looks);
        if (looks == LOOKS_UNTIL_LOST) {
            throw new ConcurrencyFailureException("a process that helped has failed or is gone");
        }
    }

    /** Removes the requests that no process has taken. */
    void close() {
        if (queue != null) {
            try {
                queue.clear();
            } catch (DataAccessException e) {
                // No process reads the queue of an attempt that is over.
                LOG.debug("requests not removed", e);
            }
        }
    }

    /** Whether this process has taken the partition. */
    synchronized boolean isOwn(StepExecution partition) {
        return taken.contains(partition.getId());
    }
}
