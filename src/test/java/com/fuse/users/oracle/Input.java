package com.fuse.users.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A CSV of users, with or without the column {@code transfer_admin_to}.
 *
 * @param by the content of its first column
 * @param header whether it has one; without it there are only user IDs, one on a line
 */
public record Input(By by, boolean header, boolean successors, List<InputRow> rows) {

    /** The column that identifies a user. */
    public enum By {
        USER_ID,
        USERNAME,
        EMAIL
    }

    /**
     * A row.
     *
     * @param value the user's name or ID, as written; contains nothing that CSV must quote
     * @param successor the cell in the column of successors, if there is one
     * @param afterBlankLine whether a blank line precedes it, which is no row but counts as a line
     * @param tooWide whether it has one field more than the header
     */
    public record InputRow(String value, String successor, boolean afterBlankLine, boolean tooWide) {

        /** A row that only names a user. */
        public static InputRow of(Object value) {
            return new InputRow(value.toString(), "", false, false);
        }
    }

    /** These user IDs below a header. */
    public static Input ofUserIds(Stream<Long> ids) {
        return new Input(By.USER_ID, true, false, ids.map(InputRow::of).toList());
    }

    /** The rows by their line numbers. */
    public SortedMap<Long, InputRow> byLine() {
        SortedMap<Long, InputRow> byLine = new TreeMap<>();
        long line = header ? 1 : 0;
        for (InputRow row : rows) {
            line += row.afterBlankLine() ? 2 : 1;
            byLine.put(line, row);
        }
        return byLine;
    }

    /** The row as it stands in the file. */
    public String line(InputRow row) {
        if (!header) {
            return row.value();
        }
        String line = row.value() + ",note" + (successors ? "," + row.successor() : "");
        return row.tooWide() ? line + ",more" : line;
    }

    /** The lines of the file. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (header) {
            lines.add(by.name().toLowerCase(Locale.ROOT) + ",note" + (successors ? ",transfer_admin_to" : ""));
        }
        for (InputRow row : rows) {
            if (row.afterBlankLine()) {
                lines.add(" ");
            }
            lines.add(line(row));
        }
        return lines;
    }

    @Override
    public String toString() {
        return lines().toString();
    }
}
