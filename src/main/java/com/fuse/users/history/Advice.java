package com.fuse.users.history;

import com.fuse.users.change.Outcome;

/** What the operator can do about a skipped row. */
public final class Advice {

    private Advice() {}

    /** In one line; empty for an outcome that is not a skip. The documentation has the same words. */
    public static String about(Outcome outcome) {
        return switch (outcome) {
            case COMMUNITY_ADMIN ->
                "remove the user's admin role in the named communities, or transfer it to another user, then run"
                        + " skipped.csv; or run it with --transfer-admin-to";
            case INVALID_SUCCESSOR ->
                "name an active user who is not in the input to take over; the message says what is wrong with this"
                        + " user";
            case NOT_FOUND -> "check the identifier; the user may have been deleted";
            case DUPLICATE -> "nothing: the named line has the user's outcome";
            case MISMATCH -> "correct the row as the message says";
            case MALFORMED -> "correct the value in the message";
            case PERSONAL_DATA_REMOVED -> "the account cannot be restored; create a new one";
            case INACTIVE -> "reactivate the user, then reissue the certificates";
            case FAILED ->
                "the database refused this user only, for the reason in the message; fix it, then run skipped.csv";
            case DEACTIVATED, REACTIVATED, REISSUED, ALREADY_INACTIVE, ALREADY_ACTIVE -> "";
        };
    }
}
