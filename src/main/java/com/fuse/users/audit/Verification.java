package com.fuse.users.audit;

import java.util.List;
import java.util.Map;

/**
 * What the verification of a run found.
 *
 * @param users the users whom the run deactivated, by what has become of them, without states that no user has
 * @param deviations the first deviations in sentences, at most {@link #MOST_SHOWN}
 * @param deviationCount how many deviations there are
 */
public record Verification(Map<UserState, Long> users, List<String> deviations, long deviationCount) {

    /** Enough for a person to see the pattern. */
    public static final int MOST_SHOWN = 100;

    /** The users whom the run deactivated. */
    public long deactivated() {
        return users.values().stream().mapToLong(Long::longValue).sum();
    }
}
