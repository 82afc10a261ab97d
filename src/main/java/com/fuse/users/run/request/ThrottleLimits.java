package com.fuse.users.run.request;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The limits above which a run waits (contract, section 9). Null is a limit that the operator did not give; then the
 * default applies if the limit can be monitored.
 *
 * @param maxBlocked how long another session may wait for a lock of the run
 * @param maxArchiveBacklog how many segments of the write-ahead log may wait to be archived
 * @param maxReplicaLag how far the slowest standby may be behind
 * @param query a query for one number: the run waits while it is more than 0; null for none
 * @param maxPause how long the run may wait without a break
 */
public record ThrottleLimits(
        @Nullable Duration maxBlocked,
        @Nullable Long maxArchiveBacklog,
        @Nullable Duration maxReplicaLag,
        @Nullable String query,
        Duration maxPause) {

    /** The default of {@link #maxBlocked}, in seconds. */
    public static final long DEFAULT_MAX_BLOCKED = 1;

    /** The default of {@link #maxArchiveBacklog}. */
    public static final long DEFAULT_MAX_ARCHIVE_BACKLOG = 42;

    /** The default of {@link #maxReplicaLag}, in seconds. */
    public static final long DEFAULT_MAX_REPLICA_LAG = 5;

    /** The default of {@link #maxPause}, in minutes. */
    public static final long DEFAULT_MAX_PAUSE = 30;

    /** Nothing given. */
    public static final ThrottleLimits DEFAULT =
            new ThrottleLimits(null, null, null, null, Duration.ofMinutes(DEFAULT_MAX_PAUSE));

    /** The limit in force. */
    public Duration blocked() {
        return Objects.requireNonNullElse(maxBlocked, Duration.ofSeconds(DEFAULT_MAX_BLOCKED));
    }

    /** The limit in force. */
    public long archiveBacklog() {
        return Objects.requireNonNullElse(maxArchiveBacklog, DEFAULT_MAX_ARCHIVE_BACKLOG);
    }

    /** The limit in force. */
    public Duration replicaLag() {
        return Objects.requireNonNullElse(maxReplicaLag, Duration.ofSeconds(DEFAULT_MAX_REPLICA_LAG));
    }
}
