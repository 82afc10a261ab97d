package com.fuse.users.liveness;

/** The run's lock was lost with its connection, or because the heartbeat was missing. The current work must end. */
public final class RunLockLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunLockLostException() {
        super("the connection that holds the run's lock was lost");
    }
}
