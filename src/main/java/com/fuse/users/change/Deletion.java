package com.fuse.users.change;

/**
 * A step that deletes.
 *
 * @param condition which rows, over the alias {@code t}
 */
public record Deletion(String table, String condition) implements Step {

    /** The table whose deleted rows are kept on record one by one, with the communities that they name. */
    static final String MEMBERSHIPS = "community_memberships";

    private static final String OF_USERS = "t.user_id = any(:users)";

    /** Deletes all rows that a table holds of the users. */
    public static Deletion ofAll(String table) {
        return new Deletion(table, OF_USERS);
    }

    /** Deletes those of the users' rows in a table for which the condition holds too. */
    public static Deletion where(String table, String condition) {
        return new Deletion(table, OF_USERS + " and " + condition);
    }

    @Override
    public String rows() {
        return "select from public.%s t where %s".formatted(table, condition);
    }

    @Override
    public String statement() {
        return "delete from public.%s t where %s returning t.user_id%s"
                .formatted(table, condition, keepsRecord() ? ", t.community_id" : "");
    }

    @Override
    public String privilege() {
        return "delete";
    }

    boolean keepsRecord() {
        return table.equals(MEMBERSHIPS);
    }
}
