package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import com.fuse.users.text.Counts;
import com.fuse.users.text.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happened in a run, for people. The caller must make text of the input safe for its output. */
public final class Narrative {

    private Narrative() {}

    /** In a few words, without the number of the run. */
    public static String headline(RunSummary summary) {
        return switch (summary.state()) {
            case COMPLETED ->
                summary.wouldBeRefused()
                        ? "This run would be refused"
                        : Counts.of(summary.changes(), "user")
                                + (summary.run().dryRun() ? " would be " : " ")
                                + verb(summary.run());
            case REFUSED -> "Refused, nothing changed";
            case RUNNING -> "Running";
            case STOPPED -> "Stopped";
            case FAILED -> "Failed";
            case INTERRUPTED -> "Interrupted";
            case ABANDONED -> "Ended half-way by an undo";
            case PURGING -> "Being purged";
        };
    }

    /** In one sentence. */
    public static String sentence(RunSummary summary) {
        Run run = summary.run();
        return switch (summary.state()) {
            case COMPLETED -> completed(summary);
            case REFUSED -> refused(summary);
            case RUNNING -> "Run %d is running: %s.".formatted(run.id(), soFar(summary));
            case STOPPED ->
                "Run %d was stopped: %s, and the same command resumes it.".formatted(run.id(), soFar(summary));
            case FAILED -> "Run %d failed: %s, and the same command resumes it.".formatted(run.id(), soFar(summary));
            case INTERRUPTED ->
                "Run %d was interrupted, because its process died: %s, and the same command resumes it."
                        .formatted(run.id(), soFar(summary));
            case ABANDONED ->
                "Run %d was ended half-way by an undo: %s, and it is never resumed."
                        .formatted(run.id(), decided(summary, ""));
            case PURGING -> "The records of run %d are being purged and are no longer complete.".formatted(run.id());
        };
    }

    /** Since when an operator wants the run to wait, and what lets it go on, in one line; null if none does. */
    public static @Nullable String pause(Run run) {
        return run.pausedSince() == null
                ? null
                : "Paused since %s; to let it go on, run: fuse-users resume %d"
                        .formatted(Moments.of(run.pausedSince()), run.id());
    }

    /** The recorded error says why; a meaning of the exit code would only be less exact. */
    private static String refused(RunSummary summary) {
        Run run = summary.run();
        ExitCode exit = ExitCode.of(Objects.requireNonNull(run.exitCode()));
        return "Run %d of %s over %s was refused with exit code %d%s."
                .formatted(
                        run.id(),
                        run.command(),
                        run.inputName(),
                        exit.status(),
                        summary.error() == null ? ": " + exit.meaning() : "; it changed nothing");
    }

    private static String completed(RunSummary summary) {
        Run run = summary.run();
        long rows = summary.decidedRows();
        String start = "Run %d ".formatted(run.id()) + did(summary);
        if (rows == 0) {
            return "%s, because there is no row in %s.".formatted(start, run.inputName());
        }
        List<String> others = new ArrayList<>();
        count(summary, Outcome.ALREADY_INACTIVE, "inactive already", others);
        count(summary, Outcome.ALREADY_ACTIVE, "active already", others);
        if (summary.skips() > 0) {
            others.add(Counts.figure(summary.skips())
                    + (run.dryRun() ? " would be skipped" : were(summary.skips()) + "skipped"));
        }
        return "%s%s.".formatted(start, others.isEmpty() ? every(rows, run) : among(rows, run, others));
    }

    private static String did(RunSummary summary) {
        Run run = summary.run();
        String whom = Counts.of(summary.changes(), "user");
        if (run.dryRun()) {
            return "was a dry run and changed nothing: %s would be %s".formatted(whom, verb(run));
        }
        return run.options().undoneRunId() == null
                ? "%s %s".formatted(verb(run), whom)
                : "undid run %d and %s %s".formatted(run.options().undoneRunId(), verb(run), whom);
    }

    private static String every(long rows, Run run) {
        return rows == 1 ? ", from the one row of " + run.inputName() : ", from every row of " + run.inputName();
    }

    private static String among(long rows, Run run, List<String> others) {
        return "; of the %s in %s, %s".formatted(Counts.of(rows, "row"), run.inputName(), String.join(" and ", others));
    }

    private static void count(RunSummary summary, Outcome outcome, String state, List<String> others) {
        long rows = summary.outcomes().getOrDefault(outcome, 0L);
        if (rows > 0) {
            others.add("%s%s%s".formatted(Counts.figure(rows), were(rows), state));
        }
    }

    private static String soFar(RunSummary summary) {
        return decided(summary, " so far");
    }

    private static String decided(RunSummary summary, String soFar) {
        Long rows = summary.run().rowCount();
        return rows == null
                ? "its input is not fully read"
                : "%s of %s decided%s, %s %s"
                        .formatted(
                                Counts.figure(summary.decidedRows()),
                                Counts.of(rows, "row"),
                                soFar,
                                Counts.of(summary.changes(), "user"),
                                verb(summary.run()));
    }

    private static String verb(Run run) {
        return CommandName.of(run.command()).done();
    }

    private static String were(long count) {
        return count == 1 ? " was " : " were ";
    }
}
