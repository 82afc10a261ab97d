package com.fuse.users.throttle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the partitions may begin another chunk:
 *
 * <ul>
 *   <li>Trouble makes them wait at once.
 *   <li>They go on after three good checks in a row.
 *   <li>They go on slowly: one chunk until the next check, then two, four and so on, until a good check finds
 *       {@value #FULL_SPEED} allowed.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Throttle {

    private static final int GOOD_CHECKS = 3;
    private static final int FULL_SPEED = 64;
    private static final long LOOK_MILLIS = 100;

    private final LongSupplier nanoTime;
    private @Nullable Trouble trouble;
    private int goodChecks;

    /** The partitions that wait because of trouble, and since when the first of them does. */
    private int waiting;

    private long waitingSince;

    /** The chunks that may begin until the next check, of those that it allowed. */
    private int left = FULL_SPEED;

    private int allowed = FULL_SPEED;

    public Throttle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Takes the result of a check.
     *
     * @param found null after a good check
     */
    synchronized void checked(@Nullable Trouble found) {
        if (found != null) {
            if (trouble == null) {
                waitingSince = nanoTime.getAsLong();
            }
            trouble = found;
            goodChecks = 0;
            return;
        }
        if (trouble == null) {
            allow(Math.min(FULL_SPEED, 2 * allowed));
        } else if (++goodChecks == GOOD_CHECKS) {
            trouble = null;
            allow(1);
        }
    }

    private void allow(int chunks) {
        allowed = chunks;
        left = chunks;
        notifyAll();
    }

    /** Why a partition waits at this moment; null if none does, because all is well or because there is other work. */
    synchronized @Nullable Trouble waitingFor() {
        return waiting > 0 ? trouble : null;
    }

    /** How long a partition has been waiting for this reason and others; zero if none waits. */
    synchronized Duration waited() {
        return waitingFor() == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - waitingSince);
    }

    /**
     * Waits until another chunk may begin. Call it without a transaction.
     *
     * @param stop ends the wait
     */
    public synchronized void awaitTurn(BooleanSupplier stop) {
        boolean counted = false;
        try {
            while (!stop.getAsBoolean() && !takeTurn()) {
                if (trouble != null && !counted) {
                    counted = true;
                    countWaiting();
                }
                wait(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (counted) {
                waiting--;
            }
        }
    }

    private void countWaiting() {
        if (waiting == 0) {
            waitingSince = nanoTime.getAsLong();
        }
        waiting++;
    }

    /**
     * Waits for this long. Call it without a transaction.
     *
     * @param stop ends the wait
     */
    public synchronized void rest(Duration length, BooleanSupplier stop) {
        long end = nanoTime.getAsLong() + length.toNanos();
        try {
            for (long rest = length.toNanos(); rest > 0 && !stop.getAsBoolean(); rest = end - nanoTime.getAsLong()) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(rest, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean takeTurn() {
        if (trouble != null || left == 0) {
            return false;
        }
        if (allowed < FULL_SPEED) {
            left--;
        }
        return true;
    }
}
