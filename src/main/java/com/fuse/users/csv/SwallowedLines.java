package com.fuse.users.csv;

import static java.util.stream.Collectors.joining;

import com.fuse.users.csv.Layout.IdentifyingColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The lines within the quoted fields of a record that would be rows by themselves: with as many fields as the header, and
 * a valid identifier in its place. A stray quote makes a parser take rows for a part of a field.
 */
final class SwallowedLines {

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final int SHOWN_LINES = 3;

    private final InputFormat format;
    private final SortedSet<Long> lines = new TreeSet<>();
    private final List<String> usernames = new ArrayList<>();
    private boolean certain;

    private SwallowedLines(InputFormat format) {
        this.format = format;
    }

    /** The lines within the current one of {@code records}. */
    static SwallowedLines of(CsvRecords records, InputFormat format) {
        SwallowedLines swallowed = new SwallowedLines(format);
        if (records.spansLines()) {
            long line = records.line();
            for (String field : records.fields()) {
                String[] within = LINE_END.split(field, -1);
                // The first line begins outside the field.
                for (int i = 1; i < within.length; i++) {
                    swallowed.inspect(line + i, within[i]);
                }
                line += within.length - 1;
            }
        }
        return swallowed;
    }

    /** Whether a line names a user by ID or e-mail address. */
    boolean areCertain() {
        return certain;
    }

    /** The usernames that make lines rows if they exist, which is not known here. */
    List<String> usernames() {
        return usernames;
    }

    /** What is wrong with the record, and what to do. */
    String problem() {
        String shown = lines.stream().limit(SHOWN_LINES).map(String::valueOf).collect(joining(", "));
        int more = lines.size() - SHOWN_LINES;
        return (lines.size() == 1
                                ? "a quoted field contains line %s, which would be a row by itself"
                                : "a quoted field contains lines %s%s, which would be rows by themselves")
                        .formatted(shown, more > 0 ? " and " + more + " more" : "")
                + "; remove the stray quote and run again.";
    }

    private void inspect(long line, String text) {
        List<String> fields = List.of(text.split(Pattern.quote(String.valueOf(format.delimiter())), -1));
        int width = format.layout().width();
        boolean fits = fields.size() >= width
                && fields.stream().skip(width).allMatch(field -> Blanks.trim(field)
                        .isEmpty());
        if (fits) {
            format.layout()
                    .identifying()
                    .forEach(column -> inspect(line, column, Blanks.trim(fields.get(column.index()))));
        }
    }

    private void inspect(long line, IdentifyingColumn column, String value) {
        boolean valid =
                switch (column.identifier()) {
                    case USER_ID -> UserId.parse(value) != null;
                    case USERNAME -> !value.isEmpty();
                    case EMAIL -> EMAIL.matcher(value).matches();
                };
        if (!valid) {
            return;
        }
        lines.add(line);
        if (column.identifier() == Identifier.USERNAME) {
            usernames.add(value);
        } else {
            certain = true;
        }
    }
}
