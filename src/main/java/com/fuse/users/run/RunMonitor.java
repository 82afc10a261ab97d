package com.fuse.users.run;

import org.jspecify.annotations.Nullable;

/** Shows a run's progress. {@link #advanced} is called from several threads. */
public interface RunMonitor {

    /**
     * Called first, when the run has its number.
     *
     * @param resumed whether an earlier command started the run
     * @param completedBefore how the same command was completed or abandoned on the same content; null if it was
     *     not
     */
    void opened(Run run, boolean resumed, @Nullable Completion completedBefore);

    /** Shows a line that the operator should know. */
    void noted(String line);

    /**
     * A long task starts.
     *
     * @param done the rows that earlier attempts finished
     * @param total all rows of the task; negative if unknown
     */
    void taskStarted(String name, long done, long total);

    /**
     * The run waits between two chunks; called again every second.
     *
     * @param why how long and why, in one line; null when the wait is over
     */
    void waiting(@Nullable String why);

    /** Adds to the current task's count of finished rows. */
    void advanced(long rows);

    /** The current task ended, successfully or not. */
    void taskEnded();
}
