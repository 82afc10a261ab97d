package com.fuse.users.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times in sentences for people. */
public final class Moments {

    private Moments() {}

    /** Such as "2026-05-08T12:00:00Z": no person reads the microseconds, which the records keep. Empty if it is null. */
    public static String of(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
