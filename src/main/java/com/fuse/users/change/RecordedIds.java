package com.fuse.users.change;

/**
 * Which IDs of a step's rows are kept on record with the outcome of their user, ascending.
 *
 * @param id the column of the step's table
 * @param column the column of {@code fuse_batch.run_outcomes}, an array
 */
public record RecordedIds(String id, String column) {}
