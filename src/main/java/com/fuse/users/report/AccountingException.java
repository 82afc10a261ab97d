package com.fuse.users.report;

/** The number of rows differs from the number of outcomes: the run fails and stays open. */
public final class AccountingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AccountingException(String message) {
        super(message);
    }
}
