package com.fuse.users.tables;

import org.jspecify.annotations.Nullable;

/**
 * Deletes rows of a table.
 *
 * @param condition selects the rows, over the alias {@code t}
 * @param notBack the rows that an undo does not bring back; null if it brings all of them back
 */
public record Deletion(
        String table,
        String condition,
        @Nullable RecordedIds recorded,
        @Nullable NotBack notBack) implements TableChange {

    private static final String OF_USERS = "t.user_id = any(:users)";

    /** Deletes all rows of the users from a table. */
    public static Deletion ofAll(String table) {
        return new Deletion(table, OF_USERS, null, null);
    }

    /** Deletes the users' rows that also meet the condition. */
    public static Deletion where(String table, String condition) {
        return new Deletion(table, OF_USERS + " and " + condition, null, null);
    }

    /** The same deletion, which also records the IDs in this column of the deleted rows. */
    public Deletion recording(String id) {
        return new Deletion(table, condition, RecordedIds.removed(id), notBack);
    }

    /** The same deletion, which also tells the operator which rows an undo does not bring back. */
    public Deletion notBack(NotBack explanation) {
        return new Deletion(table, condition, recorded, explanation);
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
    public String leftInPlace() {
        return "select t.user_id from public.%s t where %s".formatted(table, condition);
    }

    @Override
    public String privilege() {
        return "delete";
    }
}
