package com.fuse.users.run;

import org.jspecify.annotations.Nullable;

/** Follows a run for the person who watches it. {@link #advanced} is called from several threads. */
public interface RunMonitor {

    /**
     * The run has its number, before anything else happens.
     *
     * @param resumed whether it was begun by an earlier command
     * @param completedBefore the run that completed the same command on the same content; null if none did
     */
    void opened(Run run, boolean resumed, @Nullable Run completedBefore);

    /** Something that the operator should know, in one line. */
    void noted(String line);

    /**
     * A long task begins.
     *
     * @param done how much of it earlier attempts have done
     * @param total how much there is in all; negative if nobody knows
     */
    void taskStarted(String name, long done, long total);

    /** So many more rows of the current task are done, and committed where the task commits. */
    void advanced(long rows);

    /** The current task is over, done or not. */
    void taskEnded();
}
