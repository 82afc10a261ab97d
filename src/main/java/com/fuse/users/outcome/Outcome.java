package com.fuse.users.outcome;

/** What became of a row (contract, section 6). Every row of the input gets exactly one. */
public enum Outcome {
    DEACTIVATED(false),
    ALREADY_INACTIVE(false),
    COMMUNITY_ADMIN(true),
    NOT_FOUND(true),
    DUPLICATE(true),
    MALFORMED(true),
    FAILED(true);

    private final boolean skip;

    Outcome(boolean skip) {
        this.skip = skip;
    }

    /** Whether the row did not get what was asked for, so that somebody has to look at it. */
    public boolean isSkip() {
        return skip;
    }
}
