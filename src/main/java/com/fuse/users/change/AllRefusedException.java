package com.fuse.users.change;

import org.springframework.dao.ConcurrencyFailureException;

/** The database refuses every user, so the run stops. Its decisions are no outcomes. */
public final class AllRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AllRefusedException(String message) {
        super(message);
    }

    /** The same as a failure after which another attempt decides, because this process cannot decide alone. */
    public ConcurrencyFailureException toBeDecidedAgain() {
        return new ConcurrencyFailureException(String.valueOf(getMessage()));
    }
}
