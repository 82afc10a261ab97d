package com.fuse.users.report;

import java.time.Duration;

/** So many a second. */
final class Rates {

    private static final double NANOS = 1e9;

    private Rates() {}

    /** Rounded; a time below a millisecond counts as one. */
    static long perSecond(long count, Duration time) {
        return Math.round(count * NANOS / Math.max(Duration.ofMillis(1).toNanos(), time.toNanos()));
    }
}
