package com.fuse.users.throttle;

import java.util.Locale;

/** Why a run waits. */
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

    /** For programs, in records, JSON and metrics. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason with this code. */
    static WaitReason of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** For people. */
    public String label() {
        return label;
    }
}
