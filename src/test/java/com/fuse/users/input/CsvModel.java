package com.fuse.users.input;

import com.fuse.users.input.CsvText.Dialect;
import com.fuse.users.input.CsvText.Field;
import com.fuse.users.input.CsvText.Line;
import com.fuse.users.input.RowModel.Row;
import com.fuse.users.input.RowModel.RowResult;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV that is written record by record, and the rows and notes that the contract requires a reader to read from it.
 * This model shares no code with the reader.
 */
final class CsvModel {

    /** What the fields of a column are. */
    enum Role {
        USER_ID,
        USERNAME,
        EMAIL,
        ACTIVE,
        OTHER
    }

    /** The first record. Without a header its only field that is not blank is a value. */
    record First(boolean header, List<Role> roles, Line line) {

        /** The value of the line in the column of this role; empty if it has none. */
        String valueOf(Line other, Role role) {
            int index = roles.indexOf(role);
            return index < 0 || index >= other.fields().size()
                    ? ""
                    : other.fields().get(index).value();
        }
    }

    private static final Pattern IGNORED_IN_HEADINGS = Pattern.compile("[_\\s\\p{Z}\\p{Cc}\\p{Cf}-]");
    private static final Set<String> HEADINGS = Set.of(
            "userid",
            "id",
            "fuseid",
            "fuseuserid",
            "username",
            "login",
            "loginname",
            "userlogin",
            "email",
            "mail",
            "emailaddress",
            "mailaddress");

    private final First first;
    private final CsvText text;
    private final RowModel rowModel;
    private final List<Row> rows = new ArrayList<>();
    private final List<Long> severalLines = new ArrayList<>();
    private int blankRecords;
    private int repeatedHeadings;
    private boolean lastMayBeCount;
    private @Nullable Long otherHeader;

    /** @param endsWithCount whether a row follows that holds only the number of the rows above it */
    CsvModel(
            Dialect dialect,
            List<Line> blanksBefore,
            First first,
            List<Line> lines,
            boolean endsWithCount,
            boolean lastLineEnds) {
        this.first = first;
        this.text = new CsvText(dialect, first.line().fields().size() == 1);
        this.rowModel = new RowModel(first, text);
        blanksBefore.forEach(this::add);
        if (first.header()) {
            countLines(first.line());
            text.write(first.line());
        } else {
            add(first.line());
        }
        lines.forEach(this::add);
        if (endsWithCount) {
            add(count());
        }
        if (lastMayBeCount) {
            Row last = rows.remove(rows.size() - 1);
            rows.add(Row.malformed(last.line(), last.value(), RowResult.COUNT));
        }
        if (!lastLineEnds) {
            text.removeLastLineEnd();
        }
    }

    List<Row> rows() {
        return rows;
    }

    /** The line of a header below the first one, which is refused; null if there is none. */
    @Nullable
    Long otherHeader() {
        return otherHeader;
    }

    /** What must be reported about the content. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!severalLines.isEmpty()) {
            notes.add((severalLines.size() == 1 ? "1 record goes" : severalLines.size() + " records go")
                    + " over several lines, the first from line " + severalLines.get(0) + " on");
        }
        if (blankRecords > 0) {
            notes.add(blankRecords == 1 ? "1 blank record" : blankRecords + " blank records");
        }
        if (text.isCutOff()) {
            notes.add("the last line has no line end, so the file may be cut off; --expect-rows N makes sure");
        }
        if (repeatedHeadings > 0) {
            notes.add("the heading is repeated " + (repeatedHeadings == 1 ? "once" : repeatedHeadings + " times"));
        }
        return notes;
    }

    CsvText text() {
        return text;
    }

    First first() {
        return first;
    }

    byte[] bytes() {
        return text.bytes();
    }

    /** For the reader of a counterexample. */
    @Override
    public String toString() {
        return text.toString();
    }

    private void add(Line line) {
        if (otherHeader == null) {
            expect(line);
        }
        text.write(line);
    }

    /** A row with only the number of the rows above in the first column of identifiers. */
    private Line count() {
        int index = Math.max(0, first.roles().indexOf(Role.USER_ID));
        return new Line(
                IntStream.rangeClosed(0, index)
                        .mapToObj(i -> new Field(i == index ? String.valueOf(rows.size()) : "", false, ""))
                        .toList(),
                "",
                "\n");
    }

    private void expect(Line line) {
        if (line.size() == 0) {
            blankRecords += text.isEmpty(line) ? 0 : 1;
            return;
        }
        countLines(line);
        if (isRepeated(line)) {
            repeatedHeadings++;
        } else if (isOtherHeader(line)) {
            otherHeader = text.line();
        } else {
            Row row = rowModel.row(line);
            lastMayBeCount = row.userId() != null
                    && row.userId().equals(BigInteger.valueOf(rows.size()))
                    && line.values().stream().filter(value -> !value.isEmpty()).count() == 1;
            rows.add(row);
        }
    }

    private void countLines(Line line) {
        if (line.fields().stream()
                .anyMatch(field -> CsvText.LINE_END.matcher(field.text()).find())) {
            severalLines.add(text.line());
        }
    }

    private boolean isRepeated(Line line) {
        return first.header() && !mayHoldIdentifier(line) && comparable(line).equals(comparable(first.line()));
    }

    private boolean isOtherHeader(Line line) {
        return !mayHoldIdentifier(line)
                && (first.line().size() > 1 || first.roles().get(0) != Role.USERNAME)
                && line.fields().stream().anyMatch(field -> HEADINGS.contains(comparable(field.text())));
    }

    /** A record without any identifier is a row, too. */
    private boolean mayHoldIdentifier(Line line) {
        String id = first.valueOf(line, Role.USER_ID);
        String username = first.valueOf(line, Role.USERNAME);
        String email = first.valueOf(line, Role.EMAIL);
        boolean none = id.isEmpty() && username.isEmpty() && email.isEmpty();
        return none || id.matches("[0-9]+") || email.contains("@") || !username.isEmpty() && !isHeading(username);
    }

    private boolean isHeading(String value) {
        return HEADINGS.contains(comparable(value))
                || first.header()
                        && first.line().values().stream()
                                .anyMatch(heading -> comparable(heading).equals(comparable(value)));
    }

    private static List<String> comparable(Line line) {
        return line.values().stream()
                .limit(line.size())
                .map(CsvModel::comparable)
                .toList();
    }

    private static String comparable(String heading) {
        return IGNORED_IN_HEADINGS.matcher(heading).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
