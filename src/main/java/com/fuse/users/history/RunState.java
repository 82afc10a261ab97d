package com.fuse.users.history;

import com.fuse.users.run.Run;

/** Where a run stands, as "runs" shows it. */
public enum RunState {
    /** A process works on it. */
    RUNNING,
    /** Over: every row has its outcome. */
    COMPLETED,
    /** Over: nothing was done. */
    REFUSED,
    /** Stopped on request; the same command resumes. */
    STOPPED,
    /** Failed; the same command resumes. */
    FAILED,
    /** Its process died; the same command resumes. */
    INTERRUPTED,
    /** Over, and its records are being removed, or half removed: the next purge goes on. */
    PURGING;

    /** Of a run that has ended and is not being purged. */
    static RunState ofEnded(Run run) {
        return run.isCompleted() ? COMPLETED : REFUSED;
    }
}
