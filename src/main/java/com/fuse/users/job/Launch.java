package com.fuse.users.job;

import com.fuse.users.change.AllRefusedException;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.Polling;
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
import com.fuse.users.text.Moments;
import com.fuse.users.throttle.Monitoring;
import com.fuse.users.throttle.Throttle;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command's way to the end of a run: the attempts of this process, and its help with the attempts of others. */
final class Launch {

    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

    private final JobEngine engine;
    private final RunRepository runs;
    private final RunOrder order;
    private final RunDefinition definition;
    private final RunLogContext logContext;
    private final RetryBudget budget = new RetryBudget(System::nanoTime);
    private final Throttle throttle = new Throttle(System::nanoTime);
    private final Helper helper;
    private @Nullable Run run;
    private @Nullable Monitoring monitoring;

    Launch(JobEngine engine, RunOrder order, RunLogContext logContext) {
        this.engine = engine;
        this.runs = engine.runs();
        this.order = order;
        this.definition = order.request().definition();
        this.logContext = logContext;
        this.helper = new Helper(engine, order, budget, logContext, this::monitoring);
    }

    /** Returns when this process has nothing more to do for the input. */
    RunEnd toEnd() {
        while (true) {
            AttemptFailure failure;
            try {
                RunEnd helped = order.request().join() ? helper.help() : null;
                return helped == null ? attempt() : helped;
            } catch (Exception e) {
                failure = new AttemptFailure(e);
            }
            if (order.request().join()
                    && failure.failure() instanceof RunLockedException
                    && !order.stop().isRequested()) {
                Polling.pause();
                continue;
            }
            Run begun = begun();
            if (begun == null) {
                return notBegun(failure);
            }
            ExitCode stopped = order.stop().exitCode();
            if (stopped != null) {
                return run == null ? RunEnd.left(order.stop(), begun) : RunEnd.stopped(order.stop(), begun);
            }
            Duration wait = failure.isTransient() ? budget.nextWait() : null;
            if (wait == null) {
                LOG.debug("run failed", failure.failure());
                return ended(begun, failure);
            }
            if (failure.isReadOnly()) {
                // Another server may have the writable database now, and only new connections lead there.
                engine.database().dataSource().renew();
            }
            LOG.warn("{}; trying again", failure.describe());
            LockSupport.parkNanos(wait.toNanos());
        }
    }

    /** The run that this process has opened or helped with; null if there is none yet. */
    private @Nullable Run begun() {
        return run == null ? helper.run() : run;
    }

    /** Takes the lock and makes an attempt. */
    private RunEnd attempt() throws SQLException {
        try (RunLock lock = RunLock.tryAcquire(engine.database().dataSource(), definition.key())
                .orElseThrow(RunLockedException::new)) {
            RunEnd end = order.request().join() ? helper.ended() : null;
            Run begun = begun();
            if (end == null) {
                end = begun == null ? open() : continueWith(begun);
            }
            if (end != null) {
                return end;
            }
            Run opened = Objects.requireNonNull(run);
            if (order.command() != null) {
                runs.commands().opened(order.command(), opened.id());
            }
            AttemptState state = new AttemptState(opened, lock, order.monitor(), order.stop(), budget);
            return make(new Attempt(engine, order, state, lock, throttle));
        }
    }

    /** Continues with a run that another process may have ended meanwhile. Returns null, or its end. */
    private @Nullable RunEnd continueWith(Run begun) {
        run = runs.find(begun.id()).orElseThrow();
        return run.hasEnded()
                ? RunEnd.endedElsewhere(
                        engine.report().summaries().find(run.id()).orElseThrow())
                : null;
    }

    /** Opens a new run, or the one that an earlier command left open. Returns null, or the end if there is nothing to do. */
    private @Nullable RunEnd open() {
        Monitoring monitored = monitoring();
        Optional<Completion> completed = runs.findCompleted(definition);
        Optional<Run> open = runs.findOpen(definition.key());
        if (open.isEmpty() && completed.isPresent() && order.request().passOverCompleted()) {
            return RunEnd.passedOver(definition.inputName(), completed.get());
        }
        if (order.request().needsConfirmation()
                && open.filter(left -> runs.hasChunks(left.id())).isEmpty()) {
            order.confirmation().requirePossible();
        }
        Run opened =
                open.isPresent() ? runs.reopen(open.get().id(), order.request().reason()) : create();
        run = opened;
        logContext.bind(opened.id());
        order.monitor().opened(opened, open.isPresent(), completed.orElse(null));
        order.monitor().noted(monitored.line());
        return null;
    }

    private Monitoring monitoring() {
        if (monitoring == null) {
            monitoring = Monitoring.of(engine.database(), order.request().throttle());
        }
        return monitoring;
    }

    /** Compares a new run with its plan; a resumed run was compared when it was created. */
    private Run create() {
        new PlanCheck(runs).require(definition);
        return runs.create(definition, order.request().reason());
    }

    private RunEnd make(Attempt attempt) {
        try {
            return attempt.make(monitoring());
        } catch (AllRefusedException e) {
            if (attempt.withdraw()) {
                throw e;
            }
            throw e.toBeDecidedAgain();
        } catch (RefusedException e) {
            return attempt.refuse(e);
        } catch (RuntimeException e) {
            AttemptFailure failure = new AttemptFailure(e);
            // Once the lock is lost, it is the cause of any failure: another process may be working on the run.
            if (!failure.isTransient() && !attempt.state().holdsLock()) {
                throw new RunLockLostException();
            }
            Optional<RunEnd> refused =
                    failure.isOfConfiguration() ? attempt.refuseUnbegun(failure.asRefusal()) : Optional.empty();
            return refused.orElseThrow(() -> e);
        }
    }

    private RunEnd ended(Run begun, AttemptFailure failure) {
        if (run == null) {
            return failure.failure() instanceof RefusedException ? notBegun(failure) : RunEnd.left(begun, failure);
        }
        if (failure.failure() instanceof RunLockedException) {
            return RunEnd.takenOver(run);
        }
        return failure.failure() instanceof ClosedInBatchException
                ? RunEnd.blocked(run, failure.describe())
                : RunEnd.failed(run, failure);
    }

    private RunEnd notBegun(AttemptFailure failure) {
        LOG.debug("run not begun", failure.failure());
        if (failure.failure() instanceof RunLockedException) {
            return RunEnd.notBegun(new RefusedException(
                    ExitCode.TRY_LATER,
                    "%s: a live process is working on this input%s; try again when it has ended, or see \"runs show\""
                            .formatted(definition.inputName(), live())));
        }
        return RunEnd.notBegun(failure.asRefusal());
    }

    /** Which run another process makes; empty if it has not created the run yet. */
    private String live() {
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
