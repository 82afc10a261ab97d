package com.fuse.users.liveness;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a failed attempt is repeated, and when to give up:
 *
 * <ul>
 *   <li>Waits double, from 0.1 s to 5 s.
 *   <li>They end 40 s after the trouble began.
 *   <li>The trouble began with the first failure since the last commit. If that failure was a wait for an answer, it
 *       began with the database's last answer, but at most 12 s before the failure: a process that was frozen for longer
 *       has had no trouble.
 * </ul>
 *
 * Thread-safe.
 */
public final class RetryBudget {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Together with the longest wait and the longest connection attempt, less than a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** The interval of the heartbeat, and the wait for its answer. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(12);

    private final LongSupplier nanoTime;
    private Duration wait = FIRST_WAIT;
    private long lastAnswer;
    private @Nullable Long troubleSince;

    public RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastAnswer = nanoTime.getAsLong();
    }

    /** Records that the database answered. */
    public synchronized void databaseAnswered() {
        lastAnswer = nanoTime.getAsLong();
    }

    /** Records a commit. */
    public synchronized void succeeded() {
        databaseAnswered();
        wait = FIRST_WAIT;
        troubleSince = null;
    }

    /** Records a failure; returns when the trouble began. */
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
