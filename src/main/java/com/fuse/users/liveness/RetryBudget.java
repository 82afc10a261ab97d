package com.fuse.users.liveness;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a failed attempt is repeated, and when to give up: waits double from a tenth of a second to
 * five, and end forty seconds after the trouble began. It began with the first failure since something was committed,
 * or, where that failure was a wait for an answer, when the database last answered; but never longer before the failure
 * than such a wait may last, because a process that was frozen has not been in trouble. Thread-safe.
 */
public final class RetryBudget {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** With the longest wait and a try that takes as long as a connection may, less than a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** The lock's heartbeat, and the wait for its answer. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(12);

    private final LongSupplier nanoTime;
    private Duration wait = FIRST_WAIT;
    private long lastAnswer;
    private @Nullable Long troubleSince;

    public RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastAnswer = nanoTime.getAsLong();
    }

    /** The database answered, whatever becomes of the attempt. */
    public synchronized void databaseAnswered() {
        lastAnswer = nanoTime.getAsLong();
    }

    /** Something was committed. */
    public synchronized void succeeded() {
        databaseAnswered();
        wait = FIRST_WAIT;
        troubleSince = null;
    }

    /** Something failed, whether or not the attempt has ended by now; returns when the trouble began. */
    public synchronized long failed() {
        long now = nanoTime.getAsLong();
        if (troubleSince == null) {
            troubleSince = now - Math.min(now - lastAnswer, LONGEST_SILENCE.toNanos());
        }
        return troubleSince;
    }

    /** How long to wait after a failure before the next attempt; null to give up. */
    public synchronized @Nullable Duration nextWait() {
        if (nanoTime.getAsLong() - failed() > PATIENCE.toNanos()) {
            return null;
        }
        Duration next = wait;
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        return next;
    }
}
