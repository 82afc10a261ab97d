package com.fuse.users.liveness;

/** The run's lock was lost, with its connection or for want of a sign of life, and what was under way ends for it. */
public final class RunLockLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunLockLostException() {
        super("the connection that holds the run's lock was lost");
    }
}
