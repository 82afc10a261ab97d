package com.fuse.users.history;

import com.fuse.users.run.Run;

/** The state of a run, as "runs" shows it. */
public enum RunState {
    /** A process works on it. */
    RUNNING,
    /** Ended: every row has its outcome. */
    COMPLETED,
    /** Ended: nothing was done. */
    REFUSED,
    /** Stopped on request; the same command resumes. */
    STOPPED,
    /** Failed; the same command resumes. */
    FAILED,
    /** Its process died; the same command resumes. */
    INTERRUPTED,
    /** Ended half-way by an undo; it is never resumed. */
    ABANDONED,
    /** Ended, and its records are being removed or partly removed: the next purge continues. */
    PURGING;

    /** The state of a run that has ended and is not being purged. */
    static RunState ofEnded(Run run) {
        return run.abandoned() ? ABANDONED : run.isCompleted() ? COMPLETED : REFUSED;
    }
}
