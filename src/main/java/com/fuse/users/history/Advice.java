package com.fuse.users.history;

import com.fuse.users.change.Outcome;

/** What is to be done about a skipped row. */
public final class Advice {

    private Advice() {}

    /** In the words of the README; empty for an outcome that is no skip. */
    public static String about(Outcome outcome) {
        return switch (outcome) {
            case COMMUNITY_ADMIN ->
                "hand over or remove the admin role of the communities that are named, then run skipped.csv; or run it"
                        + " with --transfer-admin-to";
            case INVALID_SUCCESSOR ->
                "name an active user who is not in the input to take over; the message says what is wrong with this"
                        + " one";
            case NOT_FOUND -> "check the identifier; the user may have been deleted";
            case DUPLICATE -> "nothing: the line that is named stands for the user";
            case MALFORMED -> "correct the value that is shown";
            case PERSONAL_DATA_REMOVED -> "the account cannot come back; make a new one";
            case INACTIVE -> "reactivate the user before certificates are reissued";
            case FAILED ->
                "the database refused this user alone, for the reason given; see to it, then run skipped.csv";
            case DEACTIVATED, REACTIVATED, REISSUED, ALREADY_INACTIVE, ALREADY_ACTIVE -> "";
        };
    }
}
