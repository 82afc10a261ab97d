package com.fuse.users.terminal;

import static java.util.stream.Collectors.joining;

import com.fuse.users.history.RunListing;
import com.fuse.users.history.RunListings.Numbers;
import com.fuse.users.run.Actor;
import com.fuse.users.run.Run;
import com.fuse.users.text.Counts;
import com.fuse.users.text.Moments;
import com.fuse.users.text.Seconds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The list of runs as text. */
public final class ListText {

    private static final List<String> HEADINGS = List.of(
            "RUN",
            "STARTED",
            "STATE",
            "EXIT",
            "ROWS",
            "CHANGED",
            "SKIPPED",
            "SECONDS",
            "UNDONE BY",
            "BY",
            "COMMAND",
            "INPUT",
            "REASON");

    /** The columns from EXIT to SECONDS. */
    private static final int FIRST_NUMBER = 3;

    private static final int LAST_NUMBER = 7;

    /** Without a value in any line, the list does not have them. */
    private static final Set<String> OPTIONAL = Set.of("UNDONE BY", "REASON");

    private ListText() {}

    /** One line per run. */
    public static String of(List<RunListing> listings) {
        List<List<String>> table = new ArrayList<>(List.of(HEADINGS));
        listings.forEach(listing -> table.add(cells(listing)));
        int[] widths = IntStream.range(0, HEADINGS.size())
                .map(column -> width(table, column))
                .toArray();
        return table.stream().map(row -> line(row, widths)).collect(joining());
    }

    /** 0 hides the column. */
    private static int width(List<List<String>> table, int column) {
        boolean isEmpty = table.stream().skip(1).allMatch(row -> row.get(column).isEmpty());
        return isEmpty && OPTIONAL.contains(HEADINGS.get(column))
                ? 0
                : table.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] == 0) {
                continue;
            }
            String padding = " ".repeat(widths[column] - cells.get(column).length());
            boolean number = column >= FIRST_NUMBER && column <= LAST_NUMBER;
            line.append(number ? padding + cells.get(column) : cells.get(column) + padding)
                    .append("  ");
        }
        return line.toString().stripTrailing() + "\n";
    }

    private static List<String> cells(RunListing listing) {
        Run run = listing.run();
        return List.of(
                String.valueOf(run.id()),
                Moments.of(run.startedAt()),
                listing.state().name() + (run.pausedSince() == null ? "" : ", paused"),
                run.exitCode() == null ? "" : String.valueOf(run.exitCode()),
                run.rowCount() == null ? "" : Counts.figure(run.rowCount()),
                Counts.figure(listing.changes()),
                Counts.figure(listing.skips()),
                Seconds.figure(listing.worked()),
                listing.undoneBy().stream().map(String::valueOf).collect(joining(", ")),
                by(listing),
                SummaryText.command(run),
                Console.oneLine(run.inputName()),
                run.reason() == null ? "" : Console.oneLine(run.reason()));
    }

    /** Who made the attempts, each name once. */
    private static String by(RunListing listing) {
        return listing.made().stream()
                .map(attempt -> attempt.actor())
                .filter(actor -> actor != null)
                .map(Actor::describe)
                .distinct()
                .collect(joining(", "));
    }

    /** Explains the numbers that the list does not have. Empty if there are none. */
    public static String missing(List<Numbers> purged, List<Numbers> unused) {
        return (purged.isEmpty() ? "" : "Purged: run %s%n".formatted(joined(purged)))
                + (unused.isEmpty()
                        ? ""
                        : "No record of: run %s; a start that is rolled back, or a crash of the server, loses numbers%n"
                                .formatted(joined(unused)));
    }

    private static String joined(List<Numbers> numbers) {
        return numbers.stream().map(Numbers::toString).collect(joining(", "));
    }
}
