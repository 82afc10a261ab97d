package com.fuse.users.history.attempt;

/** How an attempt at a run ended. */
public enum AttemptEnd {
    /** It has not: a process works on it. */
    RUNNING("is running"),
    /** It ended the run. */
    ENDED("ended the run"),
    /** On request, after a chunk. */
    STOPPED("was stopped"),
    /** By an error, or because its process died. */
    FAILED("failed or was killed");

    private final String label;

    AttemptEnd(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }
}
