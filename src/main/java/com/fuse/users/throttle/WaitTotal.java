package com.fuse.users.throttle;

import java.time.Duration;
import java.util.List;

/**
 * How a run waited for one reason.
 *
 * @param times how often
 * @param length how long in total
 */
public record WaitTotal(WaitReason reason, long times, Duration length) {

    /** How long a run waited for all reasons. */
    public static Duration sum(List<WaitTotal> totals) {
        return totals.stream().map(WaitTotal::length).reduce(Duration.ZERO, Duration::plus);
    }
}
