package com.fuse.users.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cuts the users of a run that have no outcome yet into ranges of IDs of equal size. Each attempt cuts its own ranges and
 * names its partitions after itself, so that Spring Batch carries nothing over from an earlier attempt, which may have
 * died while it cut.
 */
public class UserRangePartitioner implements Partitioner {

    private final JdbcClient jdbc;
    private final long runId;
    private final int attempt;
    private final String undecided;

    /** @param attempt the number of the attempt, counted from 1 */
    public UserRangePartitioner(JdbcClient jdbc, long runId, int attempt) {
        this.jdbc = jdbc;
        this.runId = runId;
        this.attempt = attempt;
        this.undecided = "from fuse_batch.run_users u where " + UndecidedUsers.before(attempt);
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        long users = jdbc.sql("select count(*) " + undecided)
                .param("run", runId)
                .query(Long.class)
                .single();
        long partitions = Math.max(1, Math.min(gridSize, users));
        List<Long> lasts = new ArrayList<>();
        for (long partition = 1; partition < partitions; partition++) {
            lasts.add(userAt(users * partition / partitions - 1));
        }
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

    private long userAt(long offset) {
        return jdbc.sql("select u.user_id " + undecided + " order by u.user_id offset :offset limit 1")
                .param("run", runId)
                .param("offset", offset)
                .query(Long.class)
                .single();
    }
}
