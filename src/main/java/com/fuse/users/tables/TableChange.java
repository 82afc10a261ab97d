package com.fuse.users.tables;

import org.jspecify.annotations.Nullable;

/**
 * The part of a change that concerns one table: the rows that it deletes or adds for the users of a chunk. It produces
 * the statement of a run, the count of a plan, the question before the first write, the rights that are required, and
 * the line of the report.
 *
 * <p>Its SQL may use the parameters {@code :users}, an array of the IDs of the users to change, {@code :run} and
 * {@code :now}, the time of the run's clock.
 */
public sealed interface TableChange permits Deletion, Insertion {

    /** The table in schema {@code public}. */
    String table();

    /** The query for the rows that the statement would delete or add now. */
    String rows();

    /** The statement that deletes or adds rows, and returns the {@code user_id} and the recorded ID of each row. */
    String statement();

    /** The query for the {@code user_id} of users for whom the statement left a row in place, or added too few. */
    String leftInPlace();

    /** The right that the statement needs. */
    String privilege();

    /** The IDs to record; null if the rows are only counted. */
    @Nullable
    RecordedIds recorded();

    /** The name of its rows in a statement that makes several table changes. */
    default String name() {
        return privilege() + "_" + table();
    }
}
