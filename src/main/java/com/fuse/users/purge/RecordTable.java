package com.fuse.users.purge;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table with many rows per run. The names are constants of the program; every value is a bound parameter.
 *
 * @param key the column after the run's number in the primary key
 */
record RecordTable(String name, String key) {

    /** All tables; none refers to another. */
    static final List<RecordTable> ALL = List.of(
            new RecordTable("run_outcomes", "line"),
            new RecordTable("run_rows", "line"),
            new RecordTable("run_users", "user_id"),
            new RecordTable("run_chunks", "id"),
            new RecordTable("waits", "id"));

    /** The number of rows of a run. */
    long count(JdbcClient jdbc, long run) {
        return jdbc.sql("select count(*) from fuse_batch.%s where run_id = :run".formatted(name))
                .param("run", run)
                .query(Long.class)
                .single();
    }

    /** The last key of the batch that begins after this key; null if there are no more rows. */
    @Nullable
    Long lastOfBatch(JdbcClient jdbc, long run, long after, int size) {
        return jdbc.sql("""
                        select max(key)
                        from (
                            select %2$s as key from fuse_batch.%1$s
                            where run_id = :run and %2$s > :after
                            order by %2$s
                            limit :size
                        ) batch
                        """.formatted(name, key))
                .param("run", run)
                .param("after", after)
                .param("size", size)
                .query((row, number) -> row.getObject(1, Long.class))
                .list()
                .get(0);
    }

    /** Deletes the rows after one key up to and including another, and returns their number. */
    int delete(JdbcClient jdbc, long run, long after, long last) {
        return jdbc.sql("delete from fuse_batch.%1$s where run_id = :run and %2$s > :after and %2$s <= :last"
                        .formatted(name, key))
                .param("run", run)
                .param("after", after)
                .param("last", last)
                .update();
    }
}
