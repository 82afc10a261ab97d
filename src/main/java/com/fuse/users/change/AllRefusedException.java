package com.fuse.users.change;

/** The database refuses every user, so the run stops. Its decisions are no outcomes. */
public final class AllRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AllRefusedException(String message) {
        super(message);
    }
}
