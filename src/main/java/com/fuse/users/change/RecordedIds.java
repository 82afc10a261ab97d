package com.fuse.users.change;

/**
 * Which IDs of a table change's rows are recorded with the outcome of their user, in ascending order.
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

    /** The column in which an undo records what it added again of these deleted rows. */
    public String columnOfAdded() {
        return "added_%ss".formatted(id);
    }
}
