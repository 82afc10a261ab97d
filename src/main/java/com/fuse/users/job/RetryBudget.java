package com.fuse.users.job;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a failed attempt is repeated, and when to give up: waits double from a tenth of a second to
 * five, and end once nothing has succeeded for three quarters of a minute. Any success starts over. Thread-safe.
 */
final class RetryBudget {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final LongSupplier nanoTime;
    private Duration wait = FIRST_WAIT;
    private long lastSuccess;

    RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastSuccess = nanoTime.getAsLong();
    }

    synchronized void succeeded() {
        wait = FIRST_WAIT;
        lastSuccess = nanoTime.getAsLong();
    }

    /** How long to wait before the next attempt; null to give up. */
    synchronized @Nullable Duration nextWait() {
        if (nanoTime.getAsLong() - lastSuccess > PATIENCE.toNanos()) {
            return null;
        }
        Duration next = wait;
        wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        return next;
    }
}
