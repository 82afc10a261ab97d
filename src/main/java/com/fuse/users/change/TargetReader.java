package com.fuse.users.change;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the targets of a partition in the order of their IDs, a page at a time, each page in the transaction of the
 * chunk that it fills. Its restart state is one number: the last user whose chunk is committed.
 */
public class TargetReader implements ItemStreamReader<Target> {

    static final String POSITION = "position";

    private static final String SELECT_PAGE = """
            select user_id, line
            from fuse_batch.run_users
            where run_id = :run and user_id > :position and user_id <= :last
            order by user_id
            limit :pageSize
            """;

    private final JdbcClient jdbc;
    private final UserRange range;
    private final int pageSize;
    private final Deque<Target> page = new ArrayDeque<>();
    private long position;

    public TargetReader(JdbcClient jdbc, UserRange range, int pageSize) {
        this.jdbc = jdbc;
        this.range = range;
        this.pageSize = pageSize;
    }

    @Override
    public void open(ExecutionContext executionContext) {
        position = executionContext.getLong(POSITION, range.first() - 1);
        page.clear();
    }

    @Override
    public @Nullable Target read() {
        if (page.isEmpty()) {
            page.addAll(nextPage());
        }
        Target target = page.poll();
        if (target != null) {
            position = target.userId();
        }
        return target;
    }

    @Override
    public void update(ExecutionContext executionContext) {
        executionContext.putLong(POSITION, position);
    }

    private List<Target> nextPage() {
        return jdbc.sql(SELECT_PAGE)
                .param("run", range.runId())
                .param("position", position)
                .param("last", range.last())
                .param("pageSize", pageSize)
                .query((row, number) -> new Target(row.getLong("user_id"), row.getLong("line")))
                .list();
    }
}
