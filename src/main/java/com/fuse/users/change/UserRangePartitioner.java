package com.fuse.users.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cuts the users of a run into ranges of IDs that hold equally many of them. The work list does not change once it is
 * staged, and nothing else but the number of ranges counts, so a resumed run is cut where it was cut before.
 */
public class UserRangePartitioner implements Partitioner {

    private final JdbcClient jdbc;
    private final long runId;

    public UserRangePartitioner(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        long users = jdbc.sql("select count(*) from fuse_batch.run_users where run_id = :run")
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
            contexts.put("partition" + contexts.size(), new UserRange(runId, first, last).toExecutionContext());
            first = last + 1;
        }
        return contexts;
    }

    private long userAt(long offset) {
        return jdbc.sql("select user_id from fuse_batch.run_users where run_id = :run order by user_id offset :offset"
                        + " limit 1")
                .param("run", runId)
                .param("offset", offset)
                .query(Long.class)
                .single();
    }
}
