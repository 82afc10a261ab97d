package com.fuse.users.throttle;

/** Why a run waits. The names in lower case are those of the record and of the metrics. */
public enum WaitReason {
    PAUSED("paused by an operator"),
    BLOCKED("lock waits"),
    ARCHIVE_BACKLOG("archive backlog"),
    REPLICA_LAG("replica lag"),
    QUERY("throttle query"),
    CHECK_FAILED("failed health check");

    private final String label;

    WaitReason(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }
}
