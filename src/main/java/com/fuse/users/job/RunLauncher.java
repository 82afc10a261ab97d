package com.fuse.users.job;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.input.InputException;
import com.fuse.users.preflight.Confirmation;
import com.fuse.users.run.ExitCode;
import com.fuse.users.run.RefusedException;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunLock;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.RunRequest;
import com.fuse.users.run.StopSignal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a run to its end: opens it, or the one that an earlier command left open, and makes attempts until it ends,
 * somebody asks it to stop, or an error lasts. A repeated attempt is the same resume as after a crash.
 */
public class RunLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(RunLauncher.class);

    private final DataSource dataSource;
    private final RunRepository runs;
    private final RunAttempts attempts;

    public RunLauncher(DataSource dataSource, RunRepository runs, RunAttempts attempts) {
        this.dataSource = dataSource;
        this.runs = runs;
        this.attempts = attempts;
    }

    /** Returns when there is nothing more to do for this input in this process. Expected ends are not exceptions. */
    public RunEnd launch(RunRequest request, RunMonitor monitor, Confirmation confirmation, StopSignal stop) {
        RetryBudget budget = new RetryBudget(System::nanoTime);
        RunMonitor watched = new BudgetMonitor(monitor, budget);
        Run run = null;
        while (true) {
            Exception failure;
            try (RunLock lock = acquire(request)) {
                if (run == null) {
                    run = open(request, watched);
                }
                return attempts.make(run, request, lock, watched, confirmation, stop);
            } catch (RefusedException e) {
                return refused(run, e.exitCode(), e);
            } catch (InputException e) {
                return refused(run, exitCode(e), e);
            } catch (SQLException | RuntimeException e) {
                failure = e;
            }
            if (run == null) {
                return failed(null, failure);
            }
            ExitCode stopped = stop.exitCode();
            if (stopped != null) {
                return RunEnd.stopped(stopped, run);
            }
            Duration wait = isTransient(failure) ? budget.nextWait() : null;
            if (wait == null) {
                return failed(run, failure);
            }
            LOG.info("Run {}: {}; trying again", run.id(), describe(failure));
            pause(wait);
        }
    }

    private RunLock acquire(RunRequest request) throws SQLException {
        return RunLock.tryAcquire(dataSource, request.key()).orElseThrow(RunLockedException::new);
    }

    private Run open(RunRequest request, RunMonitor monitor) {
        Optional<Run> open = runs.findOpen(request.key());
        Run run = open.orElseGet(() -> runs.create(request));
        monitor.opened(
                run, open.isPresent(), runs.findCompleted(request.appliedKey()).orElse(null));
        runs.clearStopRequest(run.id());
        return run;
    }

    private RunEnd refused(@Nullable Run run, ExitCode exitCode, Exception reason) {
        if (run != null) {
            runs.end(run.id(), exitCode);
        }
        return new RunEnd(exitCode, run, describe(reason));
    }

    private RunEnd failed(@Nullable Run run, Exception failure) {
        LOG.debug("run failed", failure);
        Optional<DatabaseError> error = DatabaseError.in(failure);
        if (failure instanceof RunLockedException) {
            return new RunEnd(
                    ExitCode.TRY_LATER, run, "a live process is working on this input; try again when it has ended");
        }
        if (run == null && error.filter(DatabaseError::isUnreachable).isPresent()) {
            return new RunEnd(
                    ExitCode.TRY_LATER,
                    null,
                    "the database cannot be reached: %s; try again later".formatted(describe(failure)));
        }
        if (error.filter(DatabaseError::isOfConfiguration).isPresent() && (run == null || !runs.hasChunks(run.id()))) {
            return refused(
                    run,
                    ExitCode.CONFIGURATION,
                    new RefusedException(
                            ExitCode.CONFIGURATION,
                            describe(failure)
                                    + "; grant fuse_users_job to the login, and run \"migrate\" as the owner"));
        }
        String what = run == null ? "" : "run %d ".formatted(run.id());
        return new RunEnd(
                ExitCode.FAILED, run, what + "failed: " + describe(failure) + "; the same command resumes it");
    }

    private static ExitCode exitCode(InputException e) {
        return switch (e.kind()) {
            case UNREADABLE -> ExitCode.UNREADABLE_INPUT;
            case MISSING -> ExitCode.NO_INPUT;
        };
    }

    private static boolean isTransient(Exception failure) {
        return failure instanceof RunLockedException
                || failure instanceof RunLockLostException
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
