package com.fuse.users.tables;

/**
 * The IDs of changed rows that are recorded with the outcome of their user, in ascending order.
 *
 * @param id the column of the changed table
 * @param column the column of {@code fuse_batch.run_outcomes}, an array
 */
public record RecordedIds(String id, String column) {

    /** The IDs of deleted rows. */
    static RecordedIds removed(String id) {
        return new RecordedIds(id, "removed_%ss".formatted(id));
    }

    /** The IDs of added rows. */
    static RecordedIds added(String id) {
        return new RecordedIds(id, "added_%ss".formatted(id));
    }

    /** The column in which an undo records the IDs of the deleted rows that it adds again. */
    public String columnOfAdded() {
        return "added_%ss".formatted(id);
    }
}
