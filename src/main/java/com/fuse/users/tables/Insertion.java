package com.fuse.users.tables;

import org.jspecify.annotations.Nullable;

/**
 * Adds rows to a table where they are missing. A row is unique by {@code user_id} and an ID of another table.
 *
 * @param id the column of that ID
 * @param time the column that gets the time of the run's clock
 * @param wanted the query for the rows that must exist: {@code user_id} and the ID, each pair once
 * @param counted like {@code wanted}, but a row that several chunks want is returned for one of them only; used for
 *     counting, because another chunk may fail
 * @param expected the query for the rows that must exist after the change: {@code user_id} of the changed user, {@code
 *     owner_id} of the row's user, and the ID
 */
public record Insertion(
        String table,
        String id,
        String time,
        String wanted,
        String counted,
        String expected,
        @Nullable RecordedIds recorded)
        implements TableChange {

    /** For rows of the changed users, which no two chunks want and which the change leaves wanted. */
    public Insertion(String table, String id, String time, String wanted) {
        this(table, id, time, wanted, wanted, own(id, wanted), null);
    }

    /**
     * The same insertion of rows of the changed users, for a query of the wanted rows that holds only before the change.
     *
     * @param after selects the same rows after the change
     */
    public Insertion expecting(String after) {
        return new Insertion(table, id, time, wanted, counted, own(id, after), recorded);
    }

    private static String own(String id, String rows) {
        return "select user_id, user_id as owner_id, %s from (%s) own".formatted(id, rows);
    }

    /** The same insertion, which also records the IDs of the added rows; a plan records the IDs that it would add. */
    public Insertion recordingIds() {
        return new Insertion(table, id, time, wanted, counted, expected, RecordedIds.added(id));
    }

    @Override
    public String rows() {
        return """
                select w.user_id, w.%2$s
                from (%3$s) w
                where not exists (select from public.%1$s t where t.user_id = w.user_id and t.%2$s = w.%2$s)""".formatted(table, id, counted);
    }

    /** ON CONFLICT waits for a transaction that is removing the row; a check before the insert would not wait. */
    @Override
    public String statement() {
        return """
                insert into public.%1$s (user_id, %2$s, %3$s)
                select w.user_id, w.%2$s, :now::timestamptz
                from (%4$s) w
                on conflict (user_id, %2$s) do nothing
                returning user_id, %2$s""".formatted(table, id, time, wanted);
    }

    @Override
    public String leftInPlace() {
        return """
                select w.user_id
                from (%3$s) w
                where not exists (select from public.%1$s t where t.user_id = w.owner_id and t.%2$s = w.%2$s)""".formatted(table, id, expected);
    }

    @Override
    public String privilege() {
        return "insert";
    }
}
