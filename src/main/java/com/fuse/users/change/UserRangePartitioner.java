package com.fuse.users.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cuts the users of a run that have no outcome yet into ranges of IDs of equal size: at least one for each thread, and so many
 * that processes that come and go always find some. Each attempt cuts its own ranges and names its partitions after
 * itself, so that Spring Batch carries nothing over from an earlier attempt, which may have died while it cut.
 */
public class UserRangePartitioner implements Partitioner {

    /** A partition of so many chunks lasts a few seconds, so processes that come and go share the work evenly. */
    private static final long CHUNKS_SHARED = 20;

    /** The end of each partition waits for the disk, so a process that expects no help cuts fewer. */
    private static final long CHUNKS_ALONE = 100;

    private static final long MOST = 200;

    private final JdbcClient jdbc;
    private final long runId;
    private final int attempt;
    private final int chunkSize;
    private final long chunks;
    private final String undecided;

    /**
     * @param attempt the number of the attempt, counted from 1
     * @param chunkSize the users of a chunk
     * @param shared whether other processes are to help
     */
    public UserRangePartitioner(JdbcClient jdbc, long runId, int attempt, int chunkSize, boolean shared) {
        this.jdbc = jdbc;
        this.runId = runId;
        this.attempt = attempt;
        this.chunkSize = chunkSize;
        this.chunks = shared ? CHUNKS_SHARED : CHUNKS_ALONE;
        this.undecided = "from fuse_batch.run_users u where " + UndecidedUsers.before(attempt);
    }

    /** @param gridSize how many threads of this process wait for partitions */
    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        long users = jdbc.sql("select count(*) " + undecided)
                .param("run", runId)
                .query(Long.class)
                .single();
        long partitions = Math.max(1, Math.min(users, Math.max(gridSize, Math.min(MOST, users / chunks / chunkSize))));
        List<Long> lasts = lasts(users, partitions);
        lasts.add(Long.MAX_VALUE);

        Map<String, ExecutionContext> contexts = new LinkedHashMap<>();
        long first = 1;
        for (long last : lasts) {
            contexts.put(
                    "attempt%d-partition%d".formatted(attempt, contexts.size()),
                    new UserRange(runId, first, last).toExecutionContext());
            first = last + 1;
        }
        return contexts;
    }

    /** The last users of all ranges but the last. */
    private List<Long> lasts(long users, long partitions) {
        Long[] numbers = LongStream.range(1, partitions)
                .map(partition -> users * partition / partitions)
                .boxed()
                .toArray(Long[]::new);
        if (numbers.length == 0) {
            return new ArrayList<>();
        }
        return jdbc.sql("select user_id from (select u.user_id, row_number() over (order by u.user_id) as number "
                        + undecided + ") numbered where number = any(:numbers) order by user_id")
                .param("run", runId)
                .param("numbers", numbers)
                .query(Long.class)
                .list();
    }
}
