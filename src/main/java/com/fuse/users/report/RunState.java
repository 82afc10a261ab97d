package com.fuse.users.report;

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
    PURGING
}
