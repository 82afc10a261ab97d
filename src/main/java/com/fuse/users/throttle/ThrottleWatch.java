package com.fuse.users.throttle;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.EverySecond;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.run.RunKey;
import com.fuse.users.run.request.ThrottleLimits;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the database once a second while an attempt works, tells the throttle, and says and records why the run waits. It
 * ends the attempt when the run has waited for too long.
 */
public final class ThrottleWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ThrottleWatch.class);

    /** A single check may fail for a reason of its own. */
    private static final int FAILED_CHECKS = 3;

    private final EverySecond thread = new EverySecond("throttle-watch");
    private final AttemptState attempt;
    private final Throttle throttle;
    private final HealthCheck healthCheck;
    private final ThrottleLimits limits;
    private final Standbys standbys = new Standbys();
    private final CurrentWait wait;
    private int failures;
    private List<String> gone = List.of();

    /** Checks before it returns, so that no chunk begins before the first check, and then once a second. */
    public ThrottleWatch(
            RunDatabase database, AttemptState attempt, Throttle throttle, Monitoring monitoring, RunKey key) {
        this.attempt = attempt;
        this.throttle = throttle;
        this.healthCheck = new HealthCheck(database, monitoring, key.lockNumber());
        this.limits = monitoring.limits();
        this.wait = new CurrentWait(database, attempt);
        thread.start(this::look);
    }

    private void look() {
        try {
            if (attempt.isPauseRequested()) {
                throttle.checked(paused());
            } else {
                check();
            }
            Trouble trouble = throttle.waitingFor();
            Duration waited = throttle.waited();
            wait.show(trouble, waited);
            if (trouble != null && waited.compareTo(limits.maxPause()) >= 0) {
                attempt.stop()
                        .request(
                                ExitCode.TRY_LATER,
                                "it waited for %d s, as long as --max-pause allows: %s"
                                        .formatted(waited.toSeconds(), trouble.text()));
            }
        } catch (RuntimeException e) {
            // The next check is as good as this one. The thread would drop work that throws.
            LOG.warn("The run's waits were not looked at: {}", e.toString());
        }
    }

    private Trouble paused() {
        return new Trouble(
                WaitReason.PAUSED,
                "paused by an operator until \"resume %d\""
                        .formatted(attempt.run().id()));
    }

    /** A single check that fails says nothing, neither good nor bad. */
    private void check() {
        try {
            Health health = healthCheck.check();
            failures = 0;
            Standbys.Lag slowest = standbys.slowest(health.standbys(), System.nanoTime());
            report(standbys.gone());
            throttle.checked(new Diagnosis(limits).of(health, slowest));
        } catch (RuntimeException e) {
            failures++;
            if (failures >= FAILED_CHECKS) {
                String problem =
                        DatabaseError.in(e).map(DatabaseError::description).orElse(e.getMessage());
                throttle.checked(new Trouble(WaitReason.CHECK_FAILED, "the health check fails: " + problem));
            }
        }
    }

    private void report(List<String> goneNow) {
        goneNow.stream()
                .filter(name -> !gone.contains(name))
                .forEach(name -> LOG.warn("Standby {} is gone; its lag is not monitored until it comes back", name));
        gone = goneNow;
    }

    /** Returns when the last check is over. */
    @Override
    public void close() {
        thread.interrupt();
        thread.awaitEnd();
        wait.end();
    }
}
