package com.fuse.users.change;

import java.util.function.LongSupplier;

/**
 * How many users a partition changes in one transaction: as many as it takes 70 ms to change, because the platform waits
 * for users that are locked, and a small transaction costs more than its share. Where a checkpoint holds one up it takes
 * about three times as long. What a user takes is known from the transaction before, and differs from platform to
 * platform and from hour to hour. For one thread.
 */
public final class SliceSize {

    private static final int FIRST = 500;
    private static final int LEAST = 50;
    private static final int MOST = 5_000;
    private static final double NANOS_WANTED = 70e6;
    private static final int MOST_GROWTH = 2;

    private final LongSupplier nanoTime;
    private final boolean fixed;
    private int size;
    private int begun;
    private long begunAt;

    private SliceSize(LongSupplier nanoTime, boolean fixed, int size) {
        this.nanoTime = nanoTime;
        this.fixed = fixed;
        this.size = size;
    }

    /** Always the same. */
    public static SliceSize fixed(int users) {
        return new SliceSize(System::nanoTime, true, users);
    }

    /** Found from what the slices take. */
    public static SliceSize found(LongSupplier nanoTime) {
        return new SliceSize(nanoTime, false, FIRST);
    }

    /** The size of the next slice; the one before is committed. */
    int next() {
        if (!fixed && begun > 0) {
            double nanosPerUser = Math.max(1, nanoTime.getAsLong() - begunAt) / (double) begun;
            double wanted = Math.min(NANOS_WANTED / nanosPerUser, (double) size * MOST_GROWTH);
            size = (int) Math.max(LEAST, Math.min(MOST, wanted));
            begun = 0;
        }
        return size;
    }

    /** A slice of so many users begins, of whom none is locked yet. */
    void begin(int users) {
        begun = users;
        begunAt = nanoTime.getAsLong();
    }
}
