package com.fuse.users.job;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.RetryBudget;
import com.fuse.users.liveness.RunLock;
import com.fuse.users.liveness.RunLockLostException;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.operation.Operation;
import com.fuse.users.preflight.Confirmation;
import com.fuse.users.run.PlanCheck;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunLogContext;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.RunRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * Brings a run to its end: opens it, or the one that an earlier command left open, and makes attempts until it ends,
 * somebody asks it to stop, or an error lasts. A repeated attempt is the same resume as after a crash.
 */
public class RunLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(RunLauncher.class);

    private static final String ROLE_REMEDY = "; grant fuse_users_job to the login, and run \"migrate\" as the owner";

    private final DataSource dataSource;
    private final RunRepository runs;
    private final RunAttempts attempts;
    private final PlanCheck plans;

    public RunLauncher(DataSource dataSource, RunRepository runs, RunAttempts attempts) {
        this.dataSource = dataSource;
        this.runs = runs;
        this.attempts = attempts;
        this.plans = new PlanCheck(runs);
    }

    /** Returns when there is nothing more to do for this input in this process. Expected ends are not exceptions. */
    public RunEnd launch(
            Operation operation, RunRequest request, RunMonitor monitor, Confirmation confirmation, StopSignal stop) {
        try (RunLogContext logContext = new RunLogContext()) {
            return launch(operation, request, monitor, confirmation, stop, logContext);
        }
    }

    private RunEnd launch(
            Operation operation,
            RunRequest request,
            RunMonitor monitor,
            Confirmation confirmation,
            StopSignal stop,
            RunLogContext logContext) {
        RetryBudget budget = new RetryBudget(System::nanoTime);
        Run run = null;
        while (true) {
            Exception failure;
            try (RunLock lock = acquire(request)) {
                if (run == null) {
                    Optional<Run> completed = runs.findCompleted(request.definition());
                    Optional<Run> open = runs.findOpen(request.definition().key());
                    if (open.isEmpty() && completed.isPresent() && request.passOverCompleted()) {
                        return RunEnd.passedOver(request.definition().inputName(), completed.get());
                    }
                    run = open.orElseGet(() -> create(request.definition()));
                    logContext.bind(run.id());
                    monitor.opened(run, open.isPresent(), completed.orElse(null));
                    runs.clearStopRequest(run.id());
                } else {
                    run = runs.find(run.id()).orElseThrow();
                    if (run.hasEnded()) {
                        return RunEnd.endedElsewhere(run);
                    }
                }
                return underLock(operation, run, request, confirmation, new Attempt(lock, monitor, stop, budget));
            } catch (SQLException | RuntimeException e) {
                failure = e;
            }
            if (run == null) {
                return notBegun(request.definition(), failure);
            }
            ExitCode stopped = stop.exitCode();
            if (stopped != null) {
                return RunEnd.stopped(stopped, run);
            }
            Duration wait = isTransient(failure) ? budget.nextWait() : null;
            if (wait == null) {
                LOG.debug("run failed", failure);
                return failure instanceof RunLockedException
                        ? RunEnd.takenOver(run)
                        : RunEnd.failed(run, describe(failure));
            }
            LOG.info("Run {}: {}; trying again", run.id(), describe(failure));
            pause(wait);
        }
    }

    private RunLock acquire(RunRequest request) throws SQLException {
        return RunLock.tryAcquire(dataSource, request.definition().key()).orElseThrow(RunLockedException::new);
    }

    /** A run that goes on was held to its plan when it began. */
    private Run create(RunDefinition definition) {
        plans.require(definition);
        return runs.create(definition);
    }

    /** What fails where the lock is lost fails for that, however it shows: another process works on the run by now. */
    private RunEnd underLock(
            Operation operation, Run run, RunRequest request, Confirmation confirmation, Attempt attempt) {
        try {
            return attempts.make(operation, run, request, confirmation, attempt);
        } catch (RefusedException e) {
            return refused(run, e.exitCode(), describe(e), attempt);
        } catch (RuntimeException e) {
            if (!isTransient(e) && !attempt.lock().isHeld()) {
                throw new RunLockLostException();
            }
            if (!isOfConfiguration(e) || runs.hasChunks(run.id())) {
                throw e;
            }
            return refused(run, ExitCode.CONFIGURATION, describe(e) + ROLE_REMEDY, attempt);
        }
    }

    private RunEnd refused(Run run, ExitCode exitCode, String reason, Attempt attempt) {
        attempts.refuse(run, exitCode, attempt);
        return new RunEnd(exitCode, run, reason);
    }

    private static RunEnd notBegun(RunDefinition definition, Exception failure) {
        LOG.debug("run not begun", failure);
        if (failure instanceof RefusedException refused) {
            return new RunEnd(refused.exitCode(), null, describe(refused));
        }
        if (failure instanceof RunLockedException) {
            return new RunEnd(
                    ExitCode.TRY_LATER,
                    null,
                    "%s: a live process is working on this input; try again when it has ended, or see \"runs\""
                            .formatted(definition.inputName()));
        }
        if (DatabaseError.in(failure).filter(DatabaseError::isUnreachable).isPresent()) {
            return new RunEnd(
                    ExitCode.TRY_LATER,
                    null,
                    "the database cannot be reached: %s; try again later".formatted(describe(failure)));
        }
        if (isOfConfiguration(failure)) {
            return new RunEnd(ExitCode.CONFIGURATION, null, describe(failure) + ROLE_REMEDY);
        }
        return new RunEnd(ExitCode.FAILED, null, describe(failure) + "; try the same command again");
    }

    private static boolean isOfConfiguration(Exception failure) {
        return DatabaseError.in(failure)
                .filter(DatabaseError::isOfConfiguration)
                .isPresent();
    }

    private static boolean isTransient(Exception failure) {
        return failure instanceof RunLockedException
                || failure instanceof RunLockLostException
                // The process that took the run over, or was replaced, wrote Spring Batch's record meanwhile.
                || NestedExceptionUtils.getMostSpecificCause(failure) instanceof ConcurrencyFailureException
                || DatabaseError.in(failure).filter(DatabaseError::isTransient).isPresent();
    }

    private static String describe(Exception failure) {
        return DatabaseError.in(failure).map(DatabaseError::description).orElseGet(() -> {
            String message = failure.getMessage();
            return message == null ? failure.getClass().getSimpleName() : message;
        });
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
