package com.fuse.users.history.attempt;

import java.time.Duration;

/** Counts per second. */
public final class Rates {

    private static final double NANOS = 1e9;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private Rates() {}

    /** Whether the start and the end take too much of this time for a count per second to tell people a speed. */
    public static boolean tooShort(Duration time) {
        return time.compareTo(SHORTEST) < 0;
    }

    /** The count per second, rounded. A time below a millisecond counts as a millisecond. */
    public static long perSecond(long count, Duration time) {
        return Math.round(count * NANOS / Math.max(Duration.ofMillis(1).toNanos(), time.toNanos()));
    }
}
