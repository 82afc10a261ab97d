package com.fuse.users.change;

import org.springframework.batch.infrastructure.item.ExecutionContext;

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

    ExecutionContext toExecutionContext() {
        ExecutionContext context = new ExecutionContext();
        context.putLong(RUN, runId);
        context.putLong(FIRST, first);
        context.putLong(LAST, last);
        return context;
    }
}
