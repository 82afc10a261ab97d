package com.fuse.users.job;

/** Another process holds the run's lock. */
final class RunLockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunLockedException() {
        super("a process holds the lock of this input");
    }
}
