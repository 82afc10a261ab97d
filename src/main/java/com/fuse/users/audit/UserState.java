package com.fuse.users.audit;

/** What has become of a user whom a run deactivated. */
public enum UserState {
    INACTIVE("inactive since the run"),
    DEACTIVATED_AGAIN("deactivated again"),
    REACTIVATED_BY_RUN("reactivated by a run"),
    REACTIVATED_BY_PLATFORM("reactivated by the platform"),
    DELETED_BY_PLATFORM("deleted by the platform"),
    /** A reactivation makes the user a member of the global community again, so this was none. */
    ACTIVE_UNEXPLAINED(
            "active, unexplained",
            "the user is active, but no run has reactivated the user, and there is no new membership of the global"
                    + " community"),
    INACTIVE_UNEXPLAINED("inactive, unexplained", "the user has been inactive since before the run");

    private final String label;
    private final String deviation;

    UserState(String label) {
        this(label, "");
    }

    UserState(String label, String deviation) {
        this.label = label;
        this.deviation = deviation;
    }

    /** For people, in a table. */
    public String label() {
        return label;
    }

    /** Why the state does not fit the run, in a sentence; empty if the run, a later run or the platform explains it. */
    String deviation() {
        return deviation;
    }

    /** Whether the user must have none of the rows that a deactivation deletes. */
    boolean isInactive() {
        return this == INACTIVE || this == DEACTIVATED_AGAIN || this == INACTIVE_UNEXPLAINED;
    }
}
