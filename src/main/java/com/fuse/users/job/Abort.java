package com.fuse.users.job;

/** Set when an attempt cannot go on, so that its other partitions do not go on alone. Thread-safe. */
final class Abort {

    private volatile boolean requested;

    void request() {
        requested = true;
    }

    boolean isRequested() {
        return requested;
    }
}
