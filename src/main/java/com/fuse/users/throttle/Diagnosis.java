package com.fuse.users.throttle;

import com.fuse.users.run.request.ThrottleLimits;
import com.fuse.users.text.Counts;
import com.fuse.users.text.Seconds;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Compares the state of the database with the limits. */
record Diagnosis(ThrottleLimits limits) {

    /** The first limit that is exceeded; null if there is none. */
    @Nullable
    Trouble of(Health health, Standbys.@Nullable Lag slowest) {
        Duration blocked = health.blocked();
        if (blocked != null && blocked.compareTo(limits.blocked()) > 0) {
            return new Trouble(
                    WaitReason.BLOCKED,
                    "another session has waited %s for a lock of this run, more than %s"
                            .formatted(Seconds.of(blocked), Seconds.of(limits.blocked())));
        }
        Long backlog = health.archiveBacklog();
        if (backlog != null && backlog > limits.archiveBacklog()) {
            return new Trouble(
                    WaitReason.ARCHIVE_BACKLOG,
                    "%s to be archived, more than %s"
                            .formatted(
                                    Counts.of(backlog, "segment") + (backlog == 1 ? " waits" : " wait"),
                                    Counts.figure(limits.archiveBacklog())));
        }
        if (slowest != null && slowest.lag().compareTo(limits.replicaLag()) > 0) {
            return new Trouble(
                    WaitReason.REPLICA_LAG,
                    "standby %s is %s behind, more than %s"
                            .formatted(slowest.name(), Seconds.of(slowest.lag()), Seconds.of(limits.replicaLag())));
        }
        BigDecimal result = health.query();
        return result == null || result.signum() <= 0
                ? null
                : new Trouble(WaitReason.QUERY, "the throttle query returns " + result.toPlainString());
    }
}
