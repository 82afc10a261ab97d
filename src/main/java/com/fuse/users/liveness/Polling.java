package com.fuse.users.liveness;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looking repeatedly for what other processes do. */
public final class Polling {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private Polling() {}

    /** Waits between two looks. Call it without a transaction. */
    public static void pause() {
        LockSupport.parkNanos(INTERVAL_NANOS);
    }
}
