package com.fuse.users.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One attempt at a run, as people see it.
 *
 * @param number counted from 1
 * @param worked until the attempt's last sign of life, without the writing of the report
 * @param users the users that it decided; rows that name no user, or a user named before, are decided during staging
 * @param slices the users decided in each of several equal parts of the time of the change step; empty if there are none
 * @param slice how long each part is
 */
public record AttemptFigures(
        int number, Instant began, Duration worked, long users, List<Long> slices, Duration slice, AttemptEnd end) {

    /** Users decided per second, over the time worked. */
    public long usersPerSecond() {
        return Rates.perSecond(users, worked);
    }
}
