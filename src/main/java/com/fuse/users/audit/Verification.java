package com.fuse.users.audit;

import java.util.Map;

/**
 * What the verification of a run found.
 *
 * @param users the users whom the run deactivated, by what has become of them, without states that no user has
 * @param deviations how many deviations there are
 */
public record Verification(Map<UserState, Long> users, long deviations) {

    /** The users whom the run deactivated. */
    public long deactivated() {
        return users.values().stream().mapToLong(Long::longValue).sum();
    }
}
