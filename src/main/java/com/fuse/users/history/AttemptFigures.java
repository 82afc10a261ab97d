package com.fuse.users.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a run.
 *
 * @param number counted from 1
 * @param began null where it is not known, because a later attempt came to no chunk
 * @param worked until its last sign of life, the writing of the report left out
 * @param users whom it decided on; rows that name nobody, or somebody named before, are decided while they are read
 * @param slices of the time in which it decided, all equally long, the users decided in each; empty if they would show no course
 * @param slice how long each of them is
 */
public record AttemptFigures(
        int number,
        @Nullable Instant began,
        Duration worked,
        long users,
        List<Long> slices,
        Duration slice,
        AttemptEnd end) {

    /** Users decided a second, over the time worked. */
    public long usersPerSecond() {
        return Rates.perSecond(users, worked);
    }
}
