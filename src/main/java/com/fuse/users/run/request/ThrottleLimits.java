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

    /** How long the run may wait without a break, unless the operator says otherwise. */
    public static final Duration DEFAULT_MAX_PAUSE = Duration.ofMinutes(30);

    /** Nothing given. */
    public static final ThrottleLimits DEFAULT = new ThrottleLimits(null, null, null, null, DEFAULT_MAX_PAUSE);

    private static final Duration DEFAULT_MAX_BLOCKED = Duration.ofSeconds(1);
    private static final long DEFAULT_MAX_ARCHIVE_BACKLOG = 42;
    private static final Duration DEFAULT_MAX_REPLICA_LAG = Duration.ofSeconds(5);

    /** The limit in force. */
    public Duration blocked() {
        return Objects.requireNonNullElse(maxBlocked, DEFAULT_MAX_BLOCKED);
    }

    /** The limit in force. */
    public long archiveBacklog() {
        return Objects.requireNonNullElse(maxArchiveBacklog, DEFAULT_MAX_ARCHIVE_BACKLOG);
    }

    /** The limit in force. */
    public Duration replicaLag() {
        return Objects.requireNonNullElse(maxReplicaLag, DEFAULT_MAX_REPLICA_LAG);
    }
}
