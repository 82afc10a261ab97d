package com.fuse.users.history;

import java.time.Duration;

/** So many a second. */
public final class Rates {

    private static final double NANOS = 1e9;

    private Rates() {}

    /** Rounded; a time below a millisecond counts as one. */
    public static long perSecond(long count, Duration time) {
        return Math.round(count * NANOS / Math.max(Duration.ofMillis(1).toNanos(), time.toNanos()));
    }
}
