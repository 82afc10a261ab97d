package com.fuse.users.change;

/**
 * One step of a change: the rows that it deletes for the users of a chunk. The same entry makes the statement of a
 * run, the count of a plan and the line of the report.
 *
 * @param table the table in schema {@code public} where it deletes, and what the step is called
 * @param condition which rows, over the alias {@code t} and the parameter {@code :users}, an array of user IDs
 */
public record Deletion(String table, String condition) {

    private static final String OF_USERS = "t.user_id = any(:users)";

    /** Deletes all rows that a table holds of the users. */
    public static Deletion ofAll(String table) {
        return new Deletion(table, OF_USERS);
    }

    /** Deletes those of the users' rows in a table for which the condition holds too. */
    public static Deletion where(String table, String condition) {
        return new Deletion(table, OF_USERS + " and " + condition);
    }
}
