package com.fuse.users.report;

/** Rows and outcomes do not add up: the run fails, and stays open. */
public final class AccountingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AccountingException(String message) {
        super(message);
    }
}
