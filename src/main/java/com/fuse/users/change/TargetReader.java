package com.fuse.users.change;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the targets of a partition that have no outcome yet, in the order of their IDs, a page at a time, each page in
 * the transaction of the chunk that it fills. The outcomes themselves are the restart state: they are committed with
 * what they tell of, so no position saved beside them can be older or newer than the truth.
 */
public class TargetReader implements ItemReader<Target> {

    // The look-up is lateral and limited, so that it stays one by key however many outcomes there are: as an anti-join
    // it may become a hash of them all, once a page.
    private static final String SELECT_PAGE = """
            select u.user_id, u.line, u.successor_id, o.decided is not null as decided
            from (
                select user_id, line, successor_id
                from fuse_batch.run_users
                where run_id = :run and user_id > :position and user_id <= :last
                order by user_id
                limit :pageSize
            ) u
            left join lateral (
                select true as decided from fuse_batch.run_outcomes o where o.run_id = :run and o.line = u.line limit 1
            ) o on true
            order by u.user_id
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
        boolean more = true;
        while (page.isEmpty() && more) {
            more = readPage();
        }
        return page.poll();
    }

    /** Returns false at the end of the range; a page that is decided already leaves nothing to read. */
    private boolean readPage() {
        long before = position;
        jdbc.sql(SELECT_PAGE)
                .param("run", range.runId())
                .param("position", position)
                .param("last", range.last())
                .param("pageSize", pageSize)
                .query(row -> {
                    position = row.getLong("user_id");
                    if (!row.getBoolean("decided")) {
                        page.add(new Target(position, row.getLong("line"), row.getObject("successor_id", Long.class)));
                    }
                });
        return position > before;
    }
}
