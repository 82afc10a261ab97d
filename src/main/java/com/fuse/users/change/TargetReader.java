package com.fuse.users.change;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the targets of a partition that have no outcome yet, in the order of their IDs, slice by slice, each in the
 * transaction that changes it. The outcomes themselves are the restart state: they are committed with what they tell of,
 * so no position saved beside them can be older or newer than the truth.
 */
public class TargetReader implements ItemReader<List<Target>> {

    // The look-up is lateral and limited, so that it stays one by key however many outcomes there are: as an anti-join
    // it may become a hash of them all, once a slice.
    private static final String SELECT_SLICE = """
            select u.user_id, u.line, u.successor_id, o.decided is not null as decided
            from (
                select user_id, line, successor_id
                from fuse_batch.run_users
                where run_id = :run and user_id > :position and user_id <= :last
                order by user_id
                limit :size
            ) u
            left join lateral (
                select true as decided from fuse_batch.run_outcomes o where o.run_id = :run and o.line = u.line limit 1
            ) o on true
            order by u.user_id
            """;

    private final JdbcClient jdbc;
    private final UserRange range;
    private final SliceSize size;
    private long position;

    public TargetReader(JdbcClient jdbc, UserRange range, SliceSize size) {
        this.jdbc = jdbc;
        this.range = range;
        this.size = size;
        this.position = range.first() - 1;
    }

    @Override
    public @Nullable List<Target> read() {
        int wanted = size.next();
        List<Target> undecided = new ArrayList<>(wanted);
        long before;
        do {
            before = position;
            readSlice(wanted, undecided);
        } while (undecided.isEmpty() && position > before);
        size.begin(undecided.size());
        return undecided.isEmpty() ? null : undecided;
    }

    /** Moves the position on, but not at the end of the range; a slice that is decided already adds nothing. */
    private void readSlice(int wanted, List<Target> undecided) {
        jdbc.sql(SELECT_SLICE)
                .param("run", range.runId())
                .param("position", position)
                .param("last", range.last())
                .param("size", wanted)
                .query(row -> {
                    position = row.getLong("user_id");
                    if (!row.getBoolean("decided")) {
                        undecided.add(
                                new Target(position, row.getLong("line"), row.getObject("successor_id", Long.class)));
                    }
                });
    }
}
