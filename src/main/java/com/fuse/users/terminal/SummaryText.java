package com.fuse.users.terminal;

import static java.util.stream.Collectors.joining;

import com.fuse.users.change.RowCounts;
import com.fuse.users.history.NotRestored;
import com.fuse.users.history.RunListing;
import com.fuse.users.history.RunSummary;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunOptions;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A run's summary for a terminal. */
public final class SummaryText {

    private static final int NAME_WIDTH = 28;
    private static final int NUMBER_WIDTH = 16;

    private static final String ROWS = "Rows";

    private SummaryText() {}

    /** Title, outcomes, and rows deleted by step. */
    public static String of(RunSummary summary) {
        Run run = summary.run();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "Run %d, %s %s: %s in %.1f s, %,d rows/s, %d %s%n",
                run.id(),
                command(run),
                Console.oneLine(run.inputName()),
                summary.state().name().toLowerCase(Locale.ROOT),
                summary.worked().toMillis() / 1000.0,
                summary.rowsPerSecond(),
                summary.attempts(),
                summary.attempts() == 1 ? "attempt" : "attempts"));
        text.append(table("Outcome", ROWS, summary.outcomes()));
        text.append(of(summary.rows(), run.dryRun()));
        text.append(of(summary.notRestored(), run.options()));
        if (!summary.undoneBy().isEmpty()) {
            text.append("%nUndone by %s%n"
                    .formatted(summary.undoneBy().stream()
                            .map(undo -> "run " + undo)
                            .collect(joining(", "))));
        }
        if (Objects.equals(summary.drift(), 0L)) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nEvery row came out as planned by run %d%n",
                    run.options().planId()));
        } else if (summary.drift() != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%,d %s came out otherwise than planned by run %d; outcomes.csv marks them in the column drift%n",
                    summary.drift(),
                    rows(summary.drift()),
                    run.options().planId()));
        }
        return text.toString();
    }

    /** Rows deleted and added by step. */
    public static String of(RowCounts rows, boolean toBe) {
        return table(toBe ? "To be deleted from" : "Deleted from", ROWS, rows.deleted())
                + table(toBe ? "To be added to" : "Added to", ROWS, rows.added());
    }

    private static String of(NotRestored notRestored, RunOptions options) {
        StringBuilder text = new StringBuilder(
                table("Deleted by run " + options.undoneRunId() + ", not back", ROWS, notRestored.rows()));
        notRestored.explanations(options).forEach(sentence -> text.append("%n%s%n".formatted(sentence)));
        return text.toString();
    }

    /** That rows were skipped, and what to do about them. */
    public static String ofSkips(RunSummary summary, Path skipped, String repeat) {
        if (summary.run().dryRun()) {
            return String.format(
                    Locale.ROOT, "%,d %s would be skipped; see %s", summary.skips(), rows(summary.skips()), skipped);
        }
        return String.format(
                Locale.ROOT,
                "%,d %s, then run: fuse-users %s",
                summary.skips(),
                summary.skips() == 1 ? "row was skipped; mend its cause" : "rows were skipped; mend their causes",
                repeat);
    }

    private static String rows(long count) {
        return count == 1 ? "row" : "rows";
    }

    /** One line a run. */
    public static String list(List<RunListing> listings) {
        StringBuilder text = new StringBuilder();
        int commandWidth = Math.max(
                "COMMAND".length(),
                listings.stream()
                        .mapToInt(listing -> command(listing.run()).length())
                        .max()
                        .orElse(0));
        String format = "%-6s %-20s %-11s %4s %12s  %-" + commandWidth + "s  %s%n";
        text.append(String.format(Locale.ROOT, format, "RUN", "STARTED", "STATE", "EXIT", "ROWS", "COMMAND", "INPUT"));
        for (RunListing listing : listings) {
            Run run = listing.run();
            text.append(String.format(
                    Locale.ROOT,
                    format,
                    run.id(),
                    run.startedAt().truncatedTo(ChronoUnit.SECONDS),
                    listing.state(),
                    run.exitCode() == null ? "" : run.exitCode(),
                    run.rowCount() == null ? "" : String.format(Locale.ROOT, "%,d", run.rowCount()),
                    command(run),
                    Console.oneLine(run.inputName())));
        }
        return text.toString();
    }

    /** The command with those of its options that bear on outcomes. */
    public static String command(Run run) {
        return run.command() + Console.oneLine(run.options().describe());
    }

    public static String table(String name, String value, Map<?, Long> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n");
        String format = "  %-" + NAME_WIDTH + "s %" + NUMBER_WIDTH + "s%n";
        text.append(String.format(Locale.ROOT, format, name, value));
        rows.forEach((key, count) ->
                text.append(String.format(Locale.ROOT, format, key, String.format(Locale.ROOT, "%,d", count))));
        return text.toString();
    }
}
