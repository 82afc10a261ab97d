package com.fuse.users.change;

import org.jspecify.annotations.Nullable;

/**
 * One step of a change: the rows of one table that it deletes or adds for the users of a chunk. The same step makes the
 * statement of a run, the count of a plan, the question before the first write and the line of the report.
 *
 * <p>Its SQL may use the parameters {@code :users}, an array of the IDs of the users to change, {@code :run} and
 * {@code :now}, the run's clock.
 */
public sealed interface Step permits Deletion, Insertion {

    /** The table in schema {@code public}. */
    String table();

    /** The query whose rows are those that the step would delete or add now. */
    String rows();

    /** The statement that does it, and returns each row's {@code user_id} and the ID that is recorded. */
    String statement();

    /** The right that it takes. */
    String privilege();

    /** What of its rows is kept on record; null if they are only counted. */
    @Nullable
    RecordedIds recorded();

    /** A name for it in a statement with others. */
    default String name() {
        return privilege() + "_" + table();
    }
}
