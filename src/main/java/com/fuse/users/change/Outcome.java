package com.fuse.users.change;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The result of a row (contract, section 6). Every row of the input gets exactly one. */
public enum Outcome {
    DEACTIVATED(false),
    REACTIVATED(false),
    REISSUED(false),
    ALREADY_INACTIVE(false),
    ALREADY_ACTIVE(false),
    COMMUNITY_ADMIN(true),
    NOT_FOUND(true),
    DUPLICATE(true),
    MALFORMED(true),
    MISMATCH(true),
    INVALID_SUCCESSOR(true),
    PERSONAL_DATA_REMOVED(true),
    INACTIVE(true),
    FAILED(true);

    private final boolean skip;

    Outcome(boolean skip) {
        this.skip = skip;
    }

    /** The outcomes of rows that a person has to look at. */
    public static Set<Outcome> skips() {
        return Arrays.stream(values()).filter(Outcome::isSkip).collect(Collectors.toUnmodifiableSet());
    }

    /** The outcomes of rows whose user was changed as the command requested. */
    public static Set<Outcome> changes() {
        return EnumSet.of(DEACTIVATED, REACTIVATED, REISSUED);
    }

    /** Whether the request for the row was not carried out, so that a person has to look at it. */
    public boolean isSkip() {
        return skip;
    }
}
