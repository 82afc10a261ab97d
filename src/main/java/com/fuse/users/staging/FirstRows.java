package com.fuse.users.staging;

/**
 * The statement by which the first row that names a user adds the user to {@code run_users}, and every other row becomes a
 * DUPLICATE.
 */
final class FirstRows {

    /**
     * Reads the rows once, without a self-join: until the table is analyzed, the planner expects a handful of rows, and
     * would compare each row with each other row.
     */
    private static final String STATEMENT = """
            with %s
            named as materialized (
                select line, user_id, successor, first_value(line) over (partition by user_id order by line) as first_line
                from (%s) row
            ),
            users as (
                insert into fuse_batch.run_users (run_id, user_id, line, successor_id)
                select :run, user_id, line, coalesce(successor::bigint, :successor)
                from named
                where line = first_line
            )
            insert into fuse_batch.run_outcomes (run_id, line, user_id, outcome, message, decided_at)
            select :run, line, user_id, 'DUPLICATE', format('line %%s names the same user', first_line), :now
            from named
            where line <> first_line
            """;

    private FirstRows() {}

    /** @param rows a query of {@code line, user_id, successor} */
    static String statement(String rows) {
        return statement("", rows);
    }

    /** @param before common table expressions for {@code rows}, each with a comma behind it */
    static String statement(String before, String rows) {
        return STATEMENT.formatted(before, rows);
    }
}
