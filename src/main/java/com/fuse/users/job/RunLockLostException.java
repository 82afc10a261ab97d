package com.fuse.users.job;

/** The run's lock was lost with its connection, and the attempt ended for it. */
final class RunLockLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunLockLostException() {
        super("the connection that holds the run's lock was lost");
    }
}
