package com.fuse.users.cli;

import com.fuse.users.report.RunState;
import com.fuse.users.report.RunSummary;
import com.fuse.users.run.Run;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

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
                "Run %d, %s%s %s: %s in %.1f s, %,d rows/s, %d %s%n",
                run.id(),
                run.command(),
                run.dryRun() ? " --dry-run" : "",
                run.inputName(),
                summary.state().name().toLowerCase(Locale.ROOT),
                summary.worked().toMillis() / 1000.0,
                summary.rowsPerSecond(),
                summary.attempts(),
                summary.attempts() == 1 ? "attempt" : "attempts"));
        if (run.inputFormat() != null) {
            text.append("Input: ").append(run.inputFormat()).append('\n');
        }
        text.append(table("Outcome", "Rows", summary.outcomes()));
        text.append(table(run.dryRun() ? "To be deleted from" : "Deleted from", "Rows", summary.deletedRows()));
        return text.toString();
    }

    /** One line a run, newest first. */
    static String list(List<RunSummary> summaries) {
        TextTable table = TextTable.forColumns(
                scheme(),
                new Column(8, 0, Column.Overflow.SPAN),
                new Column(23, 0, Column.Overflow.TRUNCATE),
                new Column(13, 0, Column.Overflow.TRUNCATE),
                new Column(10, 0, Column.Overflow.TRUNCATE),
                new Column(10, 0, Column.Overflow.TRUNCATE),
                new Column(22, 0, Column.Overflow.TRUNCATE),
                new Column(60, 0, Column.Overflow.SPAN));
        table.addRowValues("RUN", "STARTED", "STATE", "ROWS", "SKIPS", "COMMAND", "INPUT");
        for (RunSummary summary : summaries) {
            Run run = summary.run();
            table.addRowValues(
                    String.valueOf(run.id()),
                    run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    summary.state().name(),
                    run.rowCount() == null ? "" : String.valueOf(run.rowCount()),
                    summary.state() == RunState.COMPLETED ? String.valueOf(summary.skips()) : "",
                    run.command() + (run.dryRun() ? " --dry-run" : ""),
                    run.inputName());
        }
        return table.toString();
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
        return text.append('\n').toString();
    }

    private static ColorScheme scheme() {
        return Help.defaultColorScheme(Ansi.OFF);
    }
}
