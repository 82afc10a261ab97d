package com.fuse.users.job;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.history.RunSummary;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.run.Completion;
import com.fuse.users.run.Run;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a command's work on one input ended.
 *
 * @param run null if no run was opened
 * @param summary the ended run in figures; null if the run has not ended
 * @param message what happened and what to do next, in one line; null if the exit code says it all
 * @param endedElsewhere whether another process ended the run, and wrote its report
 * @param isReachable whether the database can be asked how far the run has come
 */
public record RunEnd(
        ExitCode exitCode,
        @Nullable Run run,
        @Nullable RunSummary summary,
        @Nullable String message,
        boolean endedElsewhere,
        boolean isReachable) {

    /** No run was opened. */
    static RunEnd notBegun(RefusedException refused) {
        return withoutRun(refused.exitCode(), String.valueOf(refused.getMessage()));
    }

    /** The input was completed before, or an undo ended its run. */
    static RunEnd passedOver(String inputName, Completion completed) {
        return withoutRun(
                ExitCode.OK, "%s: passed over, %s; --again runs it again".formatted(inputName, completed.sentence()));
    }

    /** Whether the input was completed before, and no run was opened. */
    public boolean isPassedOver() {
        return run == null && exitCode == ExitCode.OK;
    }

    /** Whether this process ended the run, which did what was asked. */
    public boolean isCompletedHere() {
        return run != null && run.isCompleted() && !endedElsewhere;
    }

    /** This process ended the run and wrote its report. */
    static RunEnd reported(RunSummary summary, @Nullable String message) {
        return ended(summary, message, false);
    }

    /** This process ended the run without doing anything. */
    static RunEnd refused(RunSummary summary, String reason) {
        return ended(summary, reason, false);
    }

    /**
     * Another process ended the run, while this one helped or had lost the lock. If it was an undo, the command must not be repeated:
     * it would change the users again.
     */
    static RunEnd endedElsewhere(RunSummary summary) {
        long id = summary.run().id();
        if (summary.run().abandoned()) {
            return new RunEnd(
                    ExitCode.REFUSED,
                    summary.run(),
                    summary,
                    "run %d was ended half-way by an undo; do not run the command again".formatted(id),
                    true,
                    true);
        }
        if (!summary.run().isCompleted()) {
            String why = summary.error() == null ? "" : ": " + summary.error();
            return ended(
                    summary,
                    "run %d was ended by another process%s; see \"runs show %d\"".formatted(id, why, id),
                    true);
        }
        return ended(
                summary,
                "run %d was ended by another process, which wrote its report; \"runs report %d\" writes it here too"
                        .formatted(id, id),
                true);
    }

    /** The run was stopped on request, or because it waited for too long. */
    static RunEnd stopped(StopSignal stop, Run run) {
        return open(
                Objects.requireNonNull(stop.exitCode()),
                run,
                "run %d was stopped%s; the same command resumes it where it stands".formatted(run.id(), why(stop)),
                true);
    }

    /** This process was stopped while it helped another, which goes on unless it is stopped too. */
    static RunEnd left(StopSignal stop, Run run) {
        return left(Objects.requireNonNull(stop.exitCode()), run, why(stop), true);
    }

    /** This process cannot help another, which goes on. */
    static RunEnd left(Run run, AttemptFailure failure) {
        return left(ExitCode.FAILED, run, ": " + failure.describe(), !failure.isUnreachable());
    }

    private static RunEnd left(ExitCode exitCode, Run run, String why, boolean isReachable) {
        return open(
                exitCode,
                run,
                "this process no longer helps with run %d%s; see \"runs show %d\"".formatted(run.id(), why, run.id()),
                isReachable);
    }

    private static String why(StopSignal stop) {
        return stop.why() == null ? "" : ", because " + stop.why();
    }

    /** Another process is working on the run. */
    static RunEnd takenOver(Run run) {
        return open(
                ExitCode.TRY_LATER,
                run,
                "run %d was taken over by another process, which works on it; see \"runs\"".formatted(run.id()),
                true);
    }

    /** The run failed and can be resumed. */
    static RunEnd failed(Run run, AttemptFailure failure) {
        return open(
                ExitCode.FAILED,
                run,
                "run %d failed: %s; the same command resumes it".formatted(run.id(), failure.describe()),
                !failure.isUnreachable());
    }

    /** The run cannot be resumed until somebody has done what the reason says. */
    static RunEnd blocked(Run run, String reason) {
        return open(ExitCode.CONFIGURATION, run, reason, true);
    }

    private static RunEnd withoutRun(ExitCode exitCode, String message) {
        return new RunEnd(exitCode, null, null, message, false, true);
    }

    private static RunEnd open(ExitCode exitCode, Run run, String message, boolean isReachable) {
        return new RunEnd(exitCode, run, null, message, false, isReachable);
    }

    private static RunEnd ended(RunSummary summary, @Nullable String message, boolean elsewhere) {
        Run run = summary.run();
        return new RunEnd(ExitCode.of(Objects.requireNonNull(run.exitCode())), run, summary, message, elsewhere, true);
    }
}
