package com.fuse.users.job;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a failed attempt is repeated, and when to give up: waits double from a tenth of a second to
 * five, and end forty seconds after the trouble began. It began with the first failure since something was committed,
 * or, where that failure was a long wait for an answer, when the database last answered. Thread-safe.
 */
final class RetryBudget {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** With the longest wait and a try that takes as long as a connection may, less than a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final LongSupplier nanoTime;
    private Duration wait = FIRST_WAIT;
    private long lastAnswer;
    private @Nullable Long troubleSince;

    RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastAnswer = nanoTime.getAsLong();
    }

    /** The database answered, whatever becomes of the attempt. */
    synchronized void databaseAnswered() {
        lastAnswer = nanoTime.getAsLong();
    }

    /** Something was committed. */
    synchronized void succeeded() {
        databaseAnswered();
        wait = FIRST_WAIT;
        troubleSince = null;
    }

    /** How long to wait after a failure before the next attempt; null to give up. */
    synchronized @Nullable Duration nextWait() {
        if (troubleSince == null) {
            troubleSince = lastAnswer;
        }
        if (nanoTime.getAsLong() - troubleSince > PATIENCE.toNanos()) {
            return null;
        }
        Duration next = wait;
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        return next;
    }
}
