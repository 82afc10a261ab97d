package com.fuse.users.terminal;

import static java.util.stream.Collectors.joining;

import com.fuse.users.change.Outcome;
import com.fuse.users.history.Advice;
import com.fuse.users.history.Deviation;
import com.fuse.users.history.Narrative;
import com.fuse.users.history.NextSteps;
import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunSummary;
import com.fuse.users.history.SkippedRow;
import com.fuse.users.history.attempt.AttemptFigures;
import com.fuse.users.run.Run;
import com.fuse.users.text.Counts;
import com.fuse.users.text.Moments;
import com.fuse.users.text.Seconds;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The details of a run beyond its summary, as text. The report page shows the same. */
public final class DetailText {

    private static final int ROWS_SHOWN = 5;

    private DetailText() {}

    /** What happened, attempts, drift from the plan, memberships, skips by outcome, and the next command. */
    public static String of(RunSummary summary, RunDetail detail) {
        boolean plan = summary.run().dryRun();
        NextSteps next = NextSteps.of(summary, detail);
        return "%n%s%n".formatted(Console.oneLine(Narrative.sentence(summary)))
                + line("", Narrative.pause(summary.run()))
                + line(summary.wouldBeRefused() ? "Would be refused: " : "Error: ", summary.error())
                + line("Reason: ", summary.run().reason())
                + attempts(detail.attempts())
                + deviations(Objects.requireNonNullElse(summary.deviations(), List.of()))
                + SummaryText.table(
                        "Removed from", "Memberships", detail.removed().byName())
                + SummaryText.table(
                        plan ? "To be added to" : "Added to",
                        "Memberships",
                        detail.added().byName())
                + skips(summary, detail)
                + SummaryText.table(
                        "Not back by any undo", "Rows", next.neverBack().rows())
                + next.caveats().stream().map("%n%s%n"::formatted).collect(joining())
                + command("Resume: ", next.resume())
                + command("Apply: ", next.apply())
                + command("Undo: ", next.undo());
    }

    private static String attempts(List<AttemptFigures> attempts) {
        if (attempts.isEmpty()) {
            return "";
        }
        int byWidth = Math.max(
                2,
                attempts.stream()
                        .mapToInt(attempt -> attempt.by().length())
                        .max()
                        .orElse(0));
        String format = "  %-7s  %-20s %12s %14s %10s  %-" + byWidth + "s  %s%n";
        return "\n"
                + String.format(
                        Locale.ROOT, format, "Attempt", "Began", "Seconds", "Users decided", "Users/s", "By", "End")
                + attempts.stream()
                        .map(attempt -> String.format(
                                Locale.ROOT,
                                format,
                                attempt.record().number(),
                                Moments.of(attempt.record().began()),
                                Seconds.figure(attempt.record().worked()),
                                Counts.figure(attempt.record().users()),
                                attempt.speed(),
                                attempt.by(),
                                attempt.end().label()))
                        .collect(joining());
    }

    private static String deviations(List<Deviation> deviations) {
        if (deviations.isEmpty()) {
            return "";
        }
        String format = "  %-22s %-22s %16s%n";
        return "\n"
                + String.format(Locale.ROOT, format, "Planned", "Came out as", "Rows")
                + deviations.stream()
                        .map(deviation -> String.format(
                                Locale.ROOT,
                                format,
                                deviation.planned(),
                                deviation.outcome(),
                                Counts.figure(deviation.rows())))
                        .collect(joining());
    }

    private static String skips(RunSummary summary, RunDetail detail) {
        return summary.outcomes().entrySet().stream()
                .filter(outcome -> outcome.getKey().isSkip())
                .map(outcome ->
                        skips(outcome.getKey(), outcome.getValue(), detail.skipped(outcome.getKey()), summary.run()))
                .collect(joining());
    }

    private static String skips(Outcome outcome, long count, List<SkippedRow> rows, Run run) {
        List<SkippedRow> shown = rows.stream().limit(ROWS_SHOWN).toList();
        long more = count - shown.size();
        return "%n%s, %s: %s%n".formatted(outcome, Counts.of(count, "row"), Advice.about(outcome))
                + shown.stream().map(DetailText::line).collect(joining())
                + (more == 0 ? "" : "  and %s more in skipped.csv%s%n".formatted(Counts.figure(more), written(run)));
    }

    /** A run that was not completed has no report until somebody asks for it. */
    private static String written(Run run) {
        return run.isCompleted() ? "" : ", which \"runs report %d\" writes".formatted(run.id());
    }

    private static String line(SkippedRow row) {
        return "  line %d, %s%s%n"
                .formatted(
                        row.line(),
                        row.userId() == null ? "no user" : "user " + row.userId(),
                        row.message() == null ? "" : ": " + Console.oneLine(row.message()));
    }

    private static String line(String name, @Nullable String text) {
        return text == null ? "" : "%s%s%n".formatted(name, Console.oneLine(text));
    }

    private static String command(String name, @Nullable Object command) {
        return command == null ? "" : "%n%s%s%n".formatted(name, command);
    }
}
