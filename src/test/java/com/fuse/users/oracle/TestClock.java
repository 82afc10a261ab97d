package com.fuse.users.oracle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that the test advances. It is finer than the database's microseconds, so that a comparison with a stored time
 * shows.
 */
final class TestClock extends Clock {

    private static final Duration STEP = Duration.ofHours(7).plusMinutes(13).plusNanos(123_457);

    private volatile Instant now = Instant.parse("2031-03-30T00:59:59.999999501Z");

    void advance() {
        now = now.plus(STEP);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("local time is not used");
    }
}
