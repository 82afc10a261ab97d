package com.fuse.users.change;

import org.jspecify.annotations.Nullable;

/**
 * A step that adds rows where they are missing. What makes a row unique are {@code user_id} and an ID of another table.
 *
 * @param id the column of that ID
 * @param time the column that gets the run's clock
 * @param wanted the query for the rows that shall be there, missing or not: {@code user_id} and the ID, each pair once
 * @param counted the same, but with the rows that several chunks want in one of them alone; only a count may leave
 *     it to another chunk, which may fail
 */
public record Insertion(
        String table,
        String id,
        String time,
        String wanted,
        String counted,
        @Nullable RecordedIds recorded) implements Step {

    /** Where no row is wanted by two chunks. */
    public Insertion(String table, String id, String time, String wanted) {
        this(table, id, time, wanted, wanted, null);
    }

    /** The same, with the added rows on record, those that a plan would add too. */
    public Insertion recording(String column) {
        return new Insertion(table, id, time, wanted, counted, new RecordedIds(id, column));
    }

    @Override
    public String rows() {
        return """
                select w.user_id, w.%2$s
                from (%3$s) w
                where not exists (select from public.%1$s t where t.user_id = w.user_id and t.%2$s = w.%2$s)""".formatted(table, id, counted);
    }

    /** The conflict waits for whoever is removing the row at the moment, which a look beforehand would not. */
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
    public String privilege() {
        return "insert";
    }
}
