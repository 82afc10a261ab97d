package com.fuse.users.change;

import com.fuse.users.liveness.RunDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.database.JdbcPagingItemReader;
import org.springframework.batch.infrastructure.item.database.Order;
import org.springframework.batch.infrastructure.item.database.support.PostgresPagingQueryProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the users of a partition that have no outcome yet, in the order of their IDs. A page is a chunk, and is read in
 * the chunk's transaction. The outcomes are the restart state: they commit with the changes that they record, so a
 * saved position, which could be older or newer than the truth, is not needed.
 */
public final class TargetReader {

    private static final String COLUMNS = "select u.user_id, u.line, u.successor_id";

    private static final String USERS = "from fuse_batch.run_users u";

    private static final String IN_RANGE = "u.user_id between :first and :last and ";

    /** Users whom another transaction has locked are being decided there. The hash mixes the users of all partitions. */
    private static final String SAMPLE = """
            %s
            %s
            join public.users p on p.id = u.user_id
            where %s
            order by hashint8(u.user_id), u.user_id
            limit :size
            for no key update of p skip locked
            """.formatted(COLUMNS, USERS, UndecidedUsers.ANY);

    private TargetReader() {}

    /** Some users of the run who have no outcome yet, at most as many as {@code size}. Locks them. */
    static List<Target> sample(JdbcClient jdbc, long runId, int size) {
        return jdbc.sql(SAMPLE)
                .param("run", runId)
                .param("size", size)
                .query(TargetReader::target)
                .list();
    }

    /**
     * A reader of this partition.
     *
     * @param attempt the number of the attempt, counted from 1
     */
    public static ItemStreamReader<Target> of(RunDatabase database, UserRange range, int attempt, int pageSize) {
        PostgresPagingQueryProvider query = new PostgresPagingQueryProvider();
        query.setSelectClause(COLUMNS);
        query.setFromClause(USERS);
        query.setWhereClause(IN_RANGE + UndecidedUsers.before(attempt));
        query.setSortKeys(Map.of("user_id", Order.ASCENDING));
        JdbcPagingItemReader<Target> reader = new JdbcPagingItemReader<>(database.dataSource(), query);
        reader.setParameterValues(Map.of("run", range.runId(), "first", range.first(), "last", range.last()));
        reader.setPageSize(pageSize);
        reader.setRowMapper(TargetReader::target);
        reader.setSaveState(false);
        try {
            reader.afterPropertiesSet();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return reader;
    }

    private static Target target(ResultSet row, int number) throws SQLException {
        return new Target(row.getLong("user_id"), row.getLong("line"), row.getObject("successor_id", Long.class));
    }
}
