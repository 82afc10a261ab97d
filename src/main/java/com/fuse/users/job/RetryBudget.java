package com.fuse.users.job;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a failed attempt is repeated, and when to give up: waits double from a tenth of a second to
 * five, and end three quarters of a minute after the first failure since something was committed. Thread-safe.
 */
final class RetryBudget {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final LongSupplier nanoTime;
    private Duration wait = FIRST_WAIT;
    private @Nullable Long firstFailure;

    RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Something was committed. */
    synchronized void succeeded() {
        wait = FIRST_WAIT;
        firstFailure = null;
    }

    /** How long to wait after a failure before the next attempt; null to give up. */
    synchronized @Nullable Duration nextWait() {
        long now = nanoTime.getAsLong();
        if (firstFailure == null) {
            firstFailure = now;
        }
        if (now - firstFailure > PATIENCE.toNanos()) {
            return null;
        }
        Duration next = wait;
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        return next;
    }
}
