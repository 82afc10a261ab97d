package com.fuse.users.throttle;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of the database at one moment.
 *
 * @param blocked how long another session has waited for a lock of the run; null if none waits
 * @param archiveBacklog the segments of the write-ahead log that wait to be archived; null if they are not monitored
 * @param standbys the streaming standbys by name; empty if they are not monitored
 * @param query the result of the throttle query; null if there is none
 */
record Health(
        @Nullable Duration blocked,
        @Nullable Long archiveBacklog,
        Map<String, Standby> standbys,
        @Nullable BigDecimal query) {

    /**
     * A standby that replays the write-ahead log.
     *
     * @param lag how far it is behind, as the server knows from the standby's last answer
     * @param replayed the position up to which it has replayed
     * @param caughtUp whether it has replayed all that was sent to it
     */
    record Standby(Duration lag, String replayed, boolean caughtUp) {}
}
