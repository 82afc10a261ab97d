package com.fuse.users.change;

/**
 * A step that adds rows where they are missing.
 *
 * @param columns of the table, by commas
 * @param rows the query for the columns' values, which leaves out what is there already
 */
public record Insertion(String table, String columns, String rows) implements Step {

    /** What is added meanwhile by somebody else need not be added any more. */
    @Override
    public String statement() {
        return "insert into public.%s (%s) %s on conflict do nothing returning user_id".formatted(table, columns, rows);
    }

    @Override
    public String privilege() {
        return "insert";
    }
}
