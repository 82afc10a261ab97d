package com.fuse.users.text;

import java.time.Duration;
import java.util.Locale;

/** Durations in seconds. */
public final class Seconds {

    private static final double MILLIS = 1_000;

    private Seconds() {}

    /** For programs, to the millisecond. */
    public static double exact(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    /** For people, such as "1,234.5". */
    public static String figure(Duration duration) {
        return String.format(Locale.ROOT, "%,.1f", exact(duration));
    }

    /** For people, such as "1,234.5 s". */
    public static String of(Duration duration) {
        return figure(duration) + " s";
    }
}
