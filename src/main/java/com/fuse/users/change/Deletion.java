package com.fuse.users.change;

import org.jspecify.annotations.Nullable;

/**
 * A step that deletes.
 *
 * @param condition which rows, over the alias {@code t}
 */
public record Deletion(
        String table, String condition, @Nullable RecordedIds recorded) implements Step {

    private static final String OF_USERS = "t.user_id = any(:users)";

    /** Deletes all rows that a table holds of the users. */
    public static Deletion ofAll(String table) {
        return new Deletion(table, OF_USERS, null);
    }

    /** Deletes those of the users' rows in a table for which the condition holds too. */
    public static Deletion where(String table, String condition) {
        return new Deletion(table, OF_USERS + " and " + condition, null);
    }

    /** The same, with the deleted rows on record. */
    public Deletion recording(String id, String column) {
        return new Deletion(table, condition, new RecordedIds(id, column));
    }

    @Override
    public String rows() {
        return "select from public.%s t where %s".formatted(table, condition);
    }

    @Override
    public String statement() {
        return "delete from public.%s t where %s returning t.user_id%s"
                .formatted(table, condition, recorded == null ? "" : ", t." + recorded.id());
    }

    @Override
    public String privilege() {
        return "delete";
    }
}
