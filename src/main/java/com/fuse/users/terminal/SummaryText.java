package com.fuse.users.terminal;

import static java.util.stream.Collectors.joining;

import com.fuse.users.change.Forecast;
import com.fuse.users.history.NotRestored;
import com.fuse.users.history.RunSummary;
import com.fuse.users.history.ShellCommand;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunOptions;
import com.fuse.users.tables.RowCounts;
import com.fuse.users.text.Counts;
import com.fuse.users.text.Seconds;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The summary of a run as text. */
public final class SummaryText {

    private static final int NAME_WIDTH = 28;
    private static final int NUMBER_WIDTH = 16;

    private static final String OUTCOME = "Outcome";
    private static final String ROWS = "Rows";

    private SummaryText() {}

    /** Title, outcomes, and rows deleted and added by table. */
    public static String of(RunSummary summary) {
        Run run = summary.run();
        StringBuilder text = new StringBuilder();
        text.append("Run %d, %s %s: %s in %s%s, %s%n"
                .formatted(
                        run.id(),
                        command(run),
                        Console.oneLine(run.inputName()),
                        summary.state().name().toLowerCase(Locale.ROOT),
                        Seconds.of(summary.worked()),
                        summary.hasSpeed() ? ", %s rows/s".formatted(Counts.figure(summary.rowsPerSecond())) : "",
                        Counts.of(summary.attempts(), "attempt")));
        String waits = summary.waitSentence();
        if (waits != null) {
            text.append(waits).append(System.lineSeparator());
        }
        text.append(table(OUTCOME, ROWS, summary.outcomes()));
        text.append(of(summary.rows(), run.dryRun()));
        text.append(of(summary.notRestored(), run.options()));
        if (!summary.undoneBy().isEmpty()) {
            text.append("%nUndone by %s%n"
                    .formatted(summary.undoneBy().stream()
                            .map(undo -> "run " + undo)
                            .collect(joining(", "))));
        }
        if (summary.drift() != null) {
            text.append(drift(summary.drift(), run.options().planId()));
        }
        return text.toString();
    }

    /** Outcomes, and rows to be deleted and added by table, as a dry run shows them. */
    public static String of(Forecast forecast) {
        return table(OUTCOME, ROWS, forecast.outcomes()) + of(forecast.rows(), true);
    }

    private static String of(RowCounts rows, boolean toBe) {
        return table(toBe ? "To be deleted from" : "Deleted from", ROWS, rows.deleted())
                + table(toBe ? "To be added to" : "Added to", ROWS, rows.added());
    }

    private static String drift(long rows, @Nullable Long plan) {
        return rows == 0
                ? "%nEvery row came out as planned by run %d%n".formatted(plan)
                : "%n%s with another outcome than planned by run %d; see the column drift in outcomes.csv%n"
                        .formatted(Counts.of(rows, "row"), plan);
    }

    private static String of(NotRestored notRestored, RunOptions options) {
        StringBuilder text = new StringBuilder(
                table("Deleted by run " + options.undoneRunId() + ", not back", ROWS, notRestored.rows()));
        notRestored.explanations(options).forEach(sentence -> text.append("%n%s%n".formatted(sentence)));
        return text.toString();
    }

    /**
     * Says that rows were skipped and what to do about them.
     *
     * @param skipped the path of skipped.csv
     * @param repeat the command that runs the skipped rows again
     */
    public static String ofSkips(RunSummary summary, Path skipped, ShellCommand repeat) {
        String rows = Counts.of(summary.skips(), "row");
        return summary.run().dryRun()
                ? "%s would be skipped; see %s".formatted(rows, skipped)
                : "%s skipped; fix the cause, then run: %s".formatted(rows, repeat);
    }

    /** The command with the options that affect outcomes. */
    public static String command(Run run) {
        return run.command() + Console.oneLine(run.options().describe());
    }

    /** A table of counts in the order of the map; empty if there are none. */
    public static String table(String name, String value, Map<?, Long> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n");
        String format = "  %-" + NAME_WIDTH + "s %" + NUMBER_WIDTH + "s%n";
        text.append(String.format(Locale.ROOT, format, name, value));
        rows.forEach((key, count) -> text.append(String.format(Locale.ROOT, format, key, Counts.figure(count))));
        return text.toString();
    }
}
