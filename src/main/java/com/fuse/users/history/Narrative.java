package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.run.Run;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What happened, for people. What the input holds is in it as it is. */
public final class Narrative {

    private static final Set<Outcome> DONE = EnumSet.of(Outcome.DEACTIVATED, Outcome.REACTIVATED, Outcome.REISSUED);

    private Narrative() {}

    /** In a few words, without the run's number. */
    public static String headline(RunSummary summary) {
        return switch (summary.state()) {
            case COMPLETED ->
                users(done(summary)) + (summary.run().dryRun() ? " would be " : " ") + verb(summary.run());
            case REFUSED -> "Refused, nothing changed";
            case RUNNING -> "Running";
            case STOPPED -> "Stopped";
            case FAILED -> "Failed";
            case INTERRUPTED -> "Interrupted";
            case PURGING -> "Being purged";
        };
    }

    /** In one sentence. */
    public static String sentence(RunSummary summary) {
        Run run = summary.run();
        return switch (summary.state()) {
            case COMPLETED -> completed(summary);
            case REFUSED ->
                "Run %d of %s over %s was refused with exit code %d%s, and changed nothing."
                        .formatted(run.id(), run.command(), run.inputName(), run.exitCode(), reason(run));
            case RUNNING -> "Run %d is running: %s.".formatted(run.id(), soFar(summary));
            case STOPPED -> "Run %d was stopped: %s, and the same command goes on.".formatted(run.id(), soFar(summary));
            case FAILED -> "Run %d failed: %s, and the same command goes on.".formatted(run.id(), soFar(summary));
            case INTERRUPTED ->
                "Run %d was cut off, because its process died: %s, and the same command goes on."
                        .formatted(run.id(), soFar(summary));
            case PURGING -> "The records of run %d are being purged, and are no longer complete.".formatted(run.id());
        };
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
            others.add(
                    figure(summary.skips()) + (run.dryRun() ? " would be skipped" : were(summary.skips()) + "skipped"));
        }
        String guard =
                Objects.equals(run.exitCode(), ExitCode.REFUSED.status()) ? ", and the guard would refuse the run" : "";
        return "%s%s%s.".formatted(start, others.isEmpty() ? every(rows, run) : among(rows, run, others), guard);
    }

    private static String did(RunSummary summary) {
        Run run = summary.run();
        String whom = users(done(summary));
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
        return "; of the %s in %s, %s".formatted(plural(rows, "row"), run.inputName(), String.join(" and ", others));
    }

    private static void count(RunSummary summary, Outcome outcome, String state, List<String> others) {
        long rows = summary.outcomes().getOrDefault(outcome, 0L);
        if (rows > 0) {
            others.add("%s%s%s".formatted(figure(rows), were(rows), state));
        }
    }

    private static String soFar(RunSummary summary) {
        Long rows = summary.run().rowCount();
        return rows == null
                ? "its input is not read to the end"
                : "%s of %s decided so far, %s %s"
                        .formatted(
                                figure(summary.decidedRows()),
                                plural(rows, "row"),
                                users(done(summary)),
                                verb(summary.run()));
    }

    private static String reason(Run run) {
        return switch (ExitCode.of(Objects.requireNonNull(run.exitCode()))) {
            case REFUSED -> " (the guard tripped, or nobody confirmed it)";
            case UNREADABLE_INPUT -> " (the input cannot be read as a CSV of users)";
            case NO_INPUT -> " (there is no such input, or it may not be read)";
            case CONFIGURATION -> " (a right of the database's role is missing)";
            default -> "";
        };
    }

    private static long done(RunSummary summary) {
        return DONE.stream()
                .mapToLong(outcome -> summary.outcomes().getOrDefault(outcome, 0L))
                .sum();
    }

    private static String verb(Run run) {
        return switch (run.command()) {
            case "deactivate" -> "deactivated";
            case "reissue-certificates" -> "given their certificates";
            default -> "reactivated";
        };
    }

    private static String users(long count) {
        return plural(count, "user");
    }

    private static String plural(long count, String name) {
        return figure(count) + " " + name + (count == 1 ? "" : "s");
    }

    private static String were(long count) {
        return count == 1 ? " was " : " were ";
    }

    private static String figure(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
