package com.fuse.users.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV of users.
 *
 * @param columns the columns of identifiers, each of another kind, in the order of the file; without a header only one
 * @param only the column that the operator names by {@code --column}; null if none
 * @param header whether it has one. Without it, a line holds nothing but a user ID or an e-mail address
 * @param successors whether there is a column {@code transfer_admin_to}
 * @param states whether there is a column {@code active}
 * @param rows some of them may be blank
 */
public record Input(
        List<Column> columns,
        @Nullable By only,
        boolean header,
        boolean successors,
        boolean states,
        List<InputRow> rows) {

    /** The kinds of identifiers. The first that has a value decides. */
    public enum By {
        USER_ID,
        USERNAME,
        EMAIL
    }

    /** A column of identifiers. */
    public record Column(By by, String heading) {}

    /** A row with this value in the only column of identifiers, and this successor. */
    public static InputRow row(Object value, String successor) {
        return new InputRow(List.of(value.toString()), "note", successor, "", Above.NOTHING, false);
    }

    /** These user IDs below a header. */
    public static Input ofUserIds(Stream<Long> ids) {
        return ofUserIds(false, ids.map(id -> row(id, "")).toList());
    }

    /** These rows, identified by their user IDs. */
    public static Input ofUserIds(boolean successors, List<InputRow> rows) {
        return new Input(List.of(new Column(By.USER_ID, "user_id")), null, true, successors, false, rows);
    }

    /** What precedes a row. It is no row itself but counts as a line. */
    public enum Above {
        NOTHING,
        BLANK_LINE,
        BLANK_RECORD,
        HEADING
    }

    /**
     * A row. Its cells contain nothing that CSV must quote.
     *
     * @param values the cells in the columns of identifiers
     * @param note the cell in a column that nobody uses
     * @param successor the cell in the column of successors, if there is one
     * @param state the cell in the column {@code active}, if there is one
     * @param tooWide whether it has one field more than the header
     */
    public record InputRow(
            List<String> values, String note, String successor, String state, Above above, boolean tooWide) {}

    /** The columns that identify users, the one that decides first. */
    List<Column> identifying() {
        return columns.stream()
                .filter(column -> only == null || column.by() == only)
                .sorted(Comparator.comparing(Column::by))
                .toList();
    }

    /** The cell of the row in this column, without surrounding blanks. */
    String value(InputRow row, Column column) {
        return Cells.trim(row.values().get(columns.indexOf(column)));
    }

    /** The cell that states a successor, without surrounding blanks; empty if there is none. */
    String successor(InputRow row) {
        return successors ? Cells.trim(row.successor()) : "";
    }

    /** The cell that states whether the user is to be active, without surrounding blanks; empty if there is none. */
    String state(InputRow row) {
        return states ? Cells.trim(row.state()) : "";
    }

    /** The fields of a row without blank ones at its end, which do not count. */
    List<String> fields(InputRow row) {
        List<String> fields = cells(row);
        while (!fields.isEmpty() && Cells.trim(fields.get(fields.size() - 1)).isEmpty()) {
            fields.remove(fields.size() - 1);
        }
        return fields;
    }

    /** The number of fields of the header, or of the first record. */
    int width() {
        return header ? headings().size() : 1;
    }

    /** The rows by their line numbers. */
    public SortedMap<Long, InputRow> byLine() {
        SortedMap<Long, InputRow> byLine = new TreeMap<>();
        long line = header ? 1 : 0;
        for (InputRow row : rows) {
            line += row.above() == Above.NOTHING ? 1 : 2;
            if (!fields(row).isEmpty()) {
                byLine.put(line, row);
            }
        }
        return byLine;
    }

    /** The number of records that have only blanks. */
    long blankRecords() {
        return rows.stream().filter(row -> fields(row).isEmpty()).count()
                + rows.stream()
                        .filter(row -> row.above() == Above.BLANK_LINE || row.above() == Above.BLANK_RECORD)
                        .count();
    }

    /** The number of repetitions of the heading. */
    long repeatedHeadings() {
        return rows.stream().filter(row -> row.above() == Above.HEADING).count();
    }

    /** The lines of the file. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (header) {
            lines.add(String.join(",", headings()));
        }
        for (InputRow row : rows) {
            switch (row.above()) {
                case NOTHING -> {}
                case BLANK_LINE -> lines.add(" ");
                case BLANK_RECORD -> lines.add(String.join(",", Collections.nCopies(width() + 1, " ")));
                case HEADING -> lines.add(String.join(",", headings()).toUpperCase(Locale.ROOT));
            }
            lines.add(String.join(",", cells(row)));
        }
        return lines;
    }

    @Override
    public String toString() {
        return (only == null ? "" : "--column " + only + " ") + lines();
    }

    private List<String> cells(InputRow row) {
        List<String> cells = new ArrayList<>(row.values());
        if (header) {
            cells.add(row.note());
            addIf(successors, row.successor(), cells);
            addIf(states, row.state(), cells);
            addIf(row.tooWide(), "more", cells);
        }
        return cells;
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>();
        columns.forEach(column -> headings.add(column.heading()));
        headings.add("note");
        addIf(successors, "transfer_admin_to", headings);
        addIf(states, "Active", headings);
        return headings;
    }

    private static void addIf(boolean present, String cell, List<String> cells) {
        if (present) {
            cells.add(cell);
        }
    }
}
