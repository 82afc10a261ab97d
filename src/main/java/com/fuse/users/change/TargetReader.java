package com.fuse.users.change;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the targets of a partition that have no outcome yet, in the order of their IDs, a page at a time, each page in
 * the transaction of the chunk that it fills. The outcomes themselves are the restart state: they are committed with
 * what they tell of, so no position saved beside them can be older or newer than the truth.
 */
public class TargetReader implements ItemReader<Target> {

    private static final String SELECT_PAGE = """
            select u.user_id, u.line
            from fuse_batch.run_users u
            where u.run_id = :run and u.user_id > :position and u.user_id <= :last
              and not exists (select from fuse_batch.run_outcomes o where o.run_id = u.run_id and o.line = u.line)
            order by u.user_id
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
        this.position = range.first() - 1;
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
