package com.fuse.users.job;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.run.Run;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a command's work on one input ended.
 *
 * @param run null if it never came to a run
 * @param message what happened and what to do next, in one line; null if that goes without saying
 * @param endedElsewhere whether another process ended the run, and wrote its report
 */
public record RunEnd(
        ExitCode exitCode, @Nullable Run run, @Nullable String message, boolean endedElsewhere) {

    RunEnd(ExitCode exitCode, @Nullable Run run, @Nullable String message) {
        this(exitCode, run, message, false);
    }

    static RunEnd stopped(ExitCode exitCode, Run run) {
        return new RunEnd(
                exitCode, run, "run %d was stopped; the same command resumes it where it stands".formatted(run.id()));
    }

    /** Another process ended the run while this one had lost its lock. */
    static RunEnd endedElsewhere(Run run) {
        return new RunEnd(
                ExitCode.of(Objects.requireNonNull(run.exitCode())),
                run,
                "run %d was taken over and ended by another process; \"runs report %d\" writes its report here"
                        .formatted(run.id(), run.id()),
                true);
    }

    /** Another process works on the run. */
    static RunEnd takenOver(Run run) {
        return new RunEnd(
                ExitCode.TRY_LATER,
                run,
                "run %d was taken over by another process, which works on it; see \"runs\"".formatted(run.id()));
    }

    static RunEnd failed(Run run, String reason) {
        return new RunEnd(
                ExitCode.FAILED, run, "run %d failed: %s; the same command resumes it".formatted(run.id(), reason));
    }

    static RunEnd passedOver(String inputName, Run completed) {
        return new RunEnd(
                ExitCode.OK,
                null,
                "%s: passed over, run %d completed it on %s; --again runs it again"
                        .formatted(inputName, completed.id(), completed.endedAt()));
    }
}
