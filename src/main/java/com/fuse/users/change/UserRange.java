package com.fuse.users.change;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A partition. Its execution context describes it completely, so any process can work on it.
 *
 * @param runId the run
 * @param first the lowest user ID, inclusive
 * @param last the highest user ID, inclusive
 */
public record UserRange(long runId, long first, long last) {

    private static final String RUN = "run";
    private static final String FIRST = "first";
    private static final String LAST = "last";

    /** The partition that an execution context describes. */
    public static UserRange from(ExecutionContext context) {
        return new UserRange(context.getLong(RUN), context.getLong(FIRST), context.getLong(LAST));
    }

    /** The highest ID of a user of the run in this range; 0 if there is none. */
    public long lastUser(JdbcClient jdbc) {
        return jdbc.sql("select coalesce(max(user_id), 0) from fuse_batch.run_users"
                        + " where run_id = :run and user_id between :first and :last")
                .param("run", runId)
                .param("first", first)
                .param("last", last)
                .query(Long.class)
                .single();
    }

    ExecutionContext toExecutionContext() {
        ExecutionContext context = new ExecutionContext();
        context.putLong(RUN, runId);
        context.putLong(FIRST, first);
        context.putLong(LAST, last);
        return context;
    }
}
