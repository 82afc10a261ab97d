package com.fuse.users.job;

import com.fuse.users.change.AllRefusedException;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.RetryBudget;
import com.fuse.users.liveness.RunLock;
import com.fuse.users.liveness.RunLockLostException;
import com.fuse.users.operation.RunOrder;
import com.fuse.users.run.Completion;
import com.fuse.users.run.PlanCheck;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunLogContext;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.request.RunRequest;
import com.fuse.users.text.Moments;
import com.fuse.users.throttle.Monitoring;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * Brings a run to its end: opens a new run, or the one that an earlier command left open, and makes attempts until the
 * run ends, is stopped, or an error persists. A repeated attempt resumes the run exactly as after a crash.
 */
public class RunLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(RunLauncher.class);

    private final JobEngine engine;
    private final RunRepository runs;

    public RunLauncher(JobEngine engine) {
        this.engine = engine;
        this.runs = engine.runs();
    }

    /** Returns when this process has nothing more to do for this input. Expected ends are not exceptions. */
    public RunEnd launch(RunOrder order) {
        try (RunLogContext logContext = new RunLogContext()) {
            return launch(order, logContext);
        }
    }

    private RunEnd launch(RunOrder order, RunLogContext logContext) {
        RunDefinition definition = order.request().definition();
        RetryBudget budget = new RetryBudget(System::nanoTime);
        Run run = null;
        Monitoring monitoring = null;
        while (true) {
            AttemptFailure failure;
            try (RunLock lock = acquire(definition)) {
                if (run == null) {
                    monitoring =
                            Monitoring.of(engine.database(), order.request().throttle());
                    Optional<Completion> completed = runs.findCompleted(definition);
                    Optional<Run> open = runs.findOpen(definition.key());
                    if (open.isEmpty()
                            && completed.isPresent()
                            && order.request().passOverCompleted()) {
                        return RunEnd.passedOver(definition.inputName(), completed.get());
                    }
                    if (order.request().needsConfirmation()
                            && open.filter(opened -> runs.hasChunks(opened.id()))
                                    .isEmpty()) {
                        order.confirmation().requirePossible();
                    }
                    run = open.isPresent()
                            ? runs.reopen(open.get().id(), order.request().reason())
                            : create(order.request());
                    logContext.bind(run.id());
                    order.monitor().opened(run, open.isPresent(), completed.orElse(null));
                    order.monitor().noted(monitoring.line());
                } else {
                    run = runs.find(run.id()).orElseThrow();
                    if (run.hasEnded()) {
                        return RunEnd.endedElsewhere(
                                engine.report().summaries().find(run.id()).orElseThrow());
                    }
                }
                if (order.command() != null) {
                    runs.commands().opened(order.command(), run.id());
                }
                AttemptState state = new AttemptState(run, lock, order.monitor(), order.stop(), budget);
                return make(new Attempt(engine, order, state, Objects.requireNonNull(monitoring)));
            } catch (SQLException | RuntimeException e) {
                failure = new AttemptFailure(e);
            }
            if (run == null) {
                return notBegun(definition, failure);
            }
            ExitCode stopped = order.stop().exitCode();
            if (stopped != null) {
                return RunEnd.stopped(order.stop(), run);
            }
            Duration wait = failure.isTransient() ? budget.nextWait() : null;
            if (wait == null) {
                LOG.debug("run failed", failure.failure());
                return ended(run, failure);
            }
            if (failure.isReadOnly()) {
                // Another server may have the writable database now, and only new connections lead there.
                engine.database().dataSource().renew();
            }
            LOG.warn("{}; trying again", failure.describe());
            LockSupport.parkNanos(wait.toNanos());
        }
    }

    private RunLock acquire(RunDefinition definition) throws SQLException {
        return RunLock.tryAcquire(engine.database().dataSource(), definition.key())
                .orElseThrow(RunLockedException::new);
    }

    /** Compares a new run with its plan; a resumed run was compared when it was created. */
    private Run create(RunRequest request) {
        new PlanCheck(runs).require(request.definition());
        return runs.create(request.definition(), request.reason());
    }

    private RunEnd make(Attempt attempt) {
        try {
            return attempt.make();
        } catch (AllRefusedException e) {
            if (attempt.withdraw()) {
                throw e;
            }
            throw new ConcurrencyFailureException("a user was changed meanwhile", e);
        } catch (RefusedException e) {
            return attempt.refuse(e);
        } catch (RuntimeException e) {
            AttemptFailure failure = new AttemptFailure(e);
            // Once the lock is lost, it is the cause of any failure: another process may be working on the run.
            if (!failure.isTransient() && !attempt.state().holdsLock()) {
                throw new RunLockLostException();
            }
            if (!failure.isOfConfiguration()
                    || runs.hasChunks(attempt.state().run().id())) {
                throw e;
            }
            return attempt.refuse(failure.asRefusal());
        }
    }

    private static RunEnd ended(Run run, AttemptFailure failure) {
        if (failure.failure() instanceof RunLockedException) {
            return RunEnd.takenOver(run);
        }
        return failure.failure() instanceof ClosedInBatchException
                ? RunEnd.blocked(run, failure.describe())
                : RunEnd.failed(run, failure);
    }

    private RunEnd notBegun(RunDefinition definition, AttemptFailure failure) {
        LOG.debug("run not begun", failure.failure());
        if (failure.failure() instanceof RunLockedException) {
            return RunEnd.notBegun(new RefusedException(
                    ExitCode.TRY_LATER,
                    "%s: a live process is working on this input%s; try again when it has ended, or see \"runs show\""
                            .formatted(definition.inputName(), live(definition))));
        }
        return RunEnd.notBegun(failure.asRefusal());
    }

    /** Which run another process makes; empty if it has not created the run yet. */
    private String live(RunDefinition definition) {
        return runs.findOpen(definition.key())
                .flatMap(run -> engine.report().summaries().find(run.id()))
                .filter(summary -> summary.by() != null)
                .map(summary -> ", run %d by %s since %s"
                        .formatted(
                                summary.run().id(),
                                Objects.requireNonNull(summary.by()).describe(),
                                Moments.of(summary.made()
                                        .get(summary.attempts() - 1)
                                        .began())))
                .orElse("");
    }
}
