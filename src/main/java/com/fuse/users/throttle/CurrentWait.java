package com.fuse.users.throttle;

import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.liveness.RunLockLostException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Shows, logs and records the wait that the run is in. Another reason begins another wait in the record. Not thread-safe.
 */
final class CurrentWait {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentWait.class);

    private final RunDatabase database;
    private final AttemptState attempt;
    private final WaitRepository waits;
    private @Nullable WaitReason reason;
    private @Nullable Long recorded;
    private Duration length = Duration.ZERO;

    CurrentWait(RunDatabase database, AttemptState attempt) {
        this.database = database;
        this.attempt = attempt;
        this.waits = new WaitRepository(database.jdbc());
    }

    /**
     * Called after each check.
     *
     * @param trouble why the run waits; null if it does not
     * @param waited how long it has been waiting
     */
    void show(@Nullable Trouble trouble, Duration waited) {
        if (trouble == null) {
            end();
            return;
        }
        length = waited;
        if (trouble.reason() != reason) {
            LOG.info("Waiting: {}", trouble.text());
            reason = trouble.reason();
            recorded = null;
        }
        attempt.monitor().waiting("%d s: %s".formatted(waited.toSeconds(), trouble.text()));
        // A helper waits at the same time for the same reason.
        if (attempt.isManager()) {
            extend();
        }
    }

    /** The wait is over, or the attempt is. The record ends with the last check, because the report may be written already. */
    void end() {
        if (reason != null) {
            attempt.waited(length);
            attempt.monitor().waiting(null);
            LOG.info("Waited {} s", length.toSeconds());
            reason = null;
            recorded = null;
        }
    }

    /**
     * Under the run's lock, so that a process that was frozen and has lost the run records no wait. The wait itself does not
     * depend on its record.
     */
    private void extend() {
        try {
            recorded = attempt.underLock(database, this::record);
        } catch (DataAccessException | RunLockLostException e) {
            LOG.debug("wait not recorded", e);
        }
    }

    private long record() {
        long run = attempt.run().id();
        if (recorded == null) {
            return waits.begin(run, Objects.requireNonNull(reason));
        }
        waits.extend(run, recorded);
        return recorded;
    }
}
