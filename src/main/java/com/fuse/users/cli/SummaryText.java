package com.fuse.users.cli;

import com.fuse.users.report.RunListing;
import com.fuse.users.report.RunSummary;
import com.fuse.users.run.Run;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run's summary for a terminal. */
final class SummaryText {

    private static final int NAME_WIDTH = 28;
    private static final int NUMBER_WIDTH = 16;

    private SummaryText() {}

    /** Title, outcomes, and rows deleted by step. */
    static String of(RunSummary summary) {
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
        text.append(table("Outcome", "Rows", summary.outcomes()));
        text.append(table(run.dryRun() ? "To be deleted from" : "Deleted from", "Rows", summary.deletedRows()));
        return text.toString();
    }

    /** One line a run. */
    static String list(List<RunListing> listings) {
        StringBuilder text = new StringBuilder();
        String format = "%-6s %-20s %-11s %4s %12s  %-20s %s%n";
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

    private static String command(Run run) {
        return run.command() + (run.dryRun() ? " --dry-run" : "");
    }

    private static String table(String name, String value, Map<?, Long> rows) {
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
