package com.fuse.users.change;

import org.jspecify.annotations.Nullable;

/**
 * Deletes rows of a table.
 *
 * @param condition which rows, over the alias {@code t}
 * @param notBack what an undo does not bring back; null if it brings everything back
 */
public record Deletion(
        String table,
        String condition,
        @Nullable RecordedIds recorded,
        @Nullable NotBack notBack) implements TableChange {

    private static final String OF_USERS = "t.user_id = any(:users)";

    /** Deletes all rows that a table holds of the users. */
    public static Deletion ofAll(String table) {
        return new Deletion(table, OF_USERS, null, null);
    }

    /** Deletes those of the users' rows for which the condition holds too. */
    public static Deletion where(String table, String condition) {
        return new Deletion(table, OF_USERS + " and " + condition, null, null);
    }

    /** The same, and the IDs in this column of the deleted rows are recorded. */
    public Deletion recording(String id) {
        return new Deletion(table, condition, RecordedIds.removed(id), notBack);
    }

    /** The same, and the operator is told what an undo does not bring back. */
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
    public String privilege() {
        return "delete";
    }
}
