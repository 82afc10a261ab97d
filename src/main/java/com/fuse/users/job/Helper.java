package com.fuse.users.job;

import com.fuse.users.change.AllRefusedException;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.Heartbeat;
import com.fuse.users.liveness.HelperLock;
import com.fuse.users.liveness.Polling;
import com.fuse.users.liveness.RetryBudget;
import com.fuse.users.liveness.RunLock;
import com.fuse.users.liveness.RunLockLostException;
import com.fuse.users.operation.RunOrder;
import com.fuse.users.partition.HelpedPartitions;
import com.fuse.users.run.Actor;
import com.fuse.users.run.OpenAttempt;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunKey;
import com.fuse.users.run.RunLogContext;
import com.fuse.users.run.RunRepository;
import com.fuse.users.throttle.Monitoring;
import com.fuse.users.throttle.Throttle;
import com.fuse.users.throttle.ThrottleWatch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Helps other processes with an input, as long as one of them holds its lock. */
final class Helper {

    private final JobEngine engine;
    private final RunRepository runs;
    private final RunOrder order;
    private final RetryBudget budget;
    private final RunLogContext logContext;
    private final RunKey key;
    private final Supplier<Monitoring> monitoring;
    private @Nullable Long endedBefore;
    private @Nullable Run run;

    /** @param monitoring reads what the throttle can monitor, at the first call */
    Helper(
            JobEngine engine,
            RunOrder order,
            RetryBudget budget,
            RunLogContext logContext,
            Supplier<Monitoring> monitoring) {
        this.engine = engine;
        this.runs = engine.runs();
        this.order = order;
        this.budget = budget;
        this.logContext = logContext;
        this.key = order.request().definition().key();
        this.monitoring = monitoring;
    }

    /** The run that this process has helped with; null if there was none. */
    @Nullable
    Run run() {
        return run;
    }

    /**
     * Helps until the run has ended, this process is to stop, or no process holds the lock. In the last case it returns
     * null, and this process can take the manager's place.
     *
     * @throws RefusedException if this process cannot help, because its program is another version
     */
    @Nullable
    RunEnd help() throws Exception {
        if (endedBefore == null) {
            endedBefore = runs.newestEnded(key);
        }
        while (RunLock.isTaken(engine.database().jdbc(), key)) {
            if (order.stop().isRequested()) {
                return stopped();
            }
            RunEnd ended = ended();
            if (ended != null) {
                return ended;
            }
            Optional<Run> open = runs.findOpen(key);
            if (open.isPresent()) {
                help(open.get());
            }
            Polling.pause();
        }
        RunEnd ended = ended();
        return ended == null && run != null ? stoppedByManager(run) : ended;
    }

    /** How another process has ended the run since this process began; null if none has. */
    @Nullable
    RunEnd ended() {
        long newest = runs.newestEnded(key);
        return newest <= Objects.requireNonNull(endedBefore)
                ? null
                : RunEnd.endedElsewhere(engine.report().summaries().find(newest).orElseThrow());
    }

    /** The manager may have ended for a reason that this process has not seen; null if it has not, or has died. */
    private @Nullable RunEnd stoppedByManager(Run helped) {
        if (runs.requests().isStopRequested(helped.id())) {
            order.stop().request(ExitCode.STOPPED);
            return RunEnd.stopped(order.stop(), helped);
        }
        Optional<String> why = runs.attempts().whyStopped(helped.id());
        if (why.isPresent()) {
            order.stop().request(ExitCode.TRY_LATER, why.get());
            return RunEnd.stopped(order.stop(), helped);
        }
        return null;
    }

    private RunEnd stopped() {
        if (run == null) {
            return RunEnd.notBegun(new RefusedException(
                    Objects.requireNonNull(order.stop().exitCode()), "stopped before there was a run to help with"));
        }
        return runs.requests().isStopRequested(run.id())
                ? RunEnd.stopped(order.stop(), run)
                : RunEnd.left(order.stop(), run);
    }

    private void help(Run open) throws Exception {
        Optional<OpenAttempt> attempt = runs.attempts().findOpen(open.id());
        if (attempt.isEmpty() || !isLive(attempt.get())) {
            return;
        }
        requireSameVersion(open, attempt.get());
        if (run == null) {
            Monitoring monitored = monitoring.get();
            run = open;
            logContext.bind(open.id());
            order.monitor()
                    .noted("Helping with run %d, which is made on %s"
                            .formatted(open.id(), attempt.get().host()));
            order.monitor().noted(monitored.line());
        }
        if (attempt.get().sharing()) {
            work(open, attempt.get());
        }
    }

    private static void requireSameVersion(Run run, OpenAttempt attempt) {
        String own = Actor.ofThisProcess().version();
        if (!own.equals(attempt.version())) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "run %d is made on %s by version %s, and this is version %s; only the same version can help"
                            .formatted(run.id(), attempt.host(), attempt.version(), own));
        }
    }

    /** Returns when the attempt is over, or this process is to stop. Throws why a partition of this process failed. */
    private void work(Run open, OpenAttempt attempt) throws Exception {
        List<Throwable> failures = workUntilOver(open, attempt);
        if (!failures.isEmpty()) {
            RuntimeException failure = AttemptFailure.of(failures);
            // Whether the run ends for this reason is the manager's decision.
            throw failure instanceof AllRefusedException refused ? refused.toBeDecidedAgain() : failure;
        }
        if (order.stop().isRequested()) {
            return;
        }
        if (isLive(attempt) && runs.attempts().findOpen(open.id()).equals(Optional.of(attempt))) {
            // The connection was lost that keeps the leases.
            throw new RunLockLostException();
        }
        // What comes later is new trouble, even if this process found nothing to commit.
        budget.succeeded();
    }

    /** The attempt of a dead process stays open until the next one begins. */
    private boolean isLive(OpenAttempt attempt) {
        return RunLock.isHeldBy(engine.database().jdbc(), key, attempt.lockPid());
    }

    private List<Throwable> workUntilOver(Run open, OpenAttempt attempt) throws Exception {
        try (HelperLock lock = HelperLock.open(engine.database().dataSource(), key, attempt)) {
            Throttle throttle = new Throttle(System::nanoTime);
            AttemptState state = new AttemptState(open, lock, order.monitor(), order.stop(), budget);
            UserJob job = new UserJob(engine, order, state, throttle, attempt.number());
            ChangeProgress progress = job.progress();
            // The heartbeat comes first, because to count the users may take longer than the session lasts without it.
            try (Heartbeat heartbeat = new Heartbeat(engine.database(), state);
                    ThrottleWatch watch =
                            new ThrottleWatch(engine.database(), state, throttle, monitoring.get(), key)) {
                runs.attempts().helped(attempt.jobExecution(), Actor.ofThisProcess());
                progress.start(attempt.jobExecution());
                return new HelpedPartitions(engine.jobRepository(), engine.database(), state, lock, job.queue())
                        .work(job.partitionWorker(), order.request().pace().partitions());
            } finally {
                progress.end();
            }
        }
    }
}
