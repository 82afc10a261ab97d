package com.fuse.users.csv;

import static java.util.stream.Collectors.joining;

import com.fuse.users.csv.Layout.IdentifyingColumn;
import com.fuse.users.csv.UserRecord.Names;
import com.fuse.users.text.Excerpt;
import com.fuse.users.text.InvisibleText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a record into a row, or says why it is malformed (contract, section 5). */
final class RowRules {
    static final int FIELD_BYTES = 64 * 1024;

    private static final int MAX_BYTES_OF_A_CHAR = 3;
    private static final int DIGITS_OF_A_GROUP = 3;

    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0");

    private final InputFormat format;
    private final Layout layout;

    /** Whether an unquoted user ID may be the start of a number with a thousands separator. */
    private final boolean mayHoldGroups;

    RowRules(InputFormat format) {
        this.format = format;
        this.layout = format.layout();
        this.mayHoldGroups = format.delimiter() == ',' && !OwnReport.isOfSkippedRows(layout.headings());
    }

    /** The row of the current one of {@code records}. */
    UserRecord apply(CsvRecords records) {
        SwallowedLines swallowed = SwallowedLines.of(records, format);
        String problem = swallowed.areCertain() ? swallowed.problem() : problemOfTheFields(records);
        if (problem != null) {
            return UserRecord.malformed(records.line(), whole(records), null, problem);
        }
        IdentifyingColumn deciding = deciding(records);
        String value = deciding == null ? "" : records.value(deciding.index());
        String successor = successor(records);
        if (hasOversizedField(records)) {
            return UserRecord.malformed(
                    records.line(),
                    isOversized(value) ? Excerpt.kept(value) : value,
                    null,
                    "has a field of more than " + FIELD_BYTES + " bytes; check its quotes, shorten it and run again.");
        }
        if (deciding == null) {
            String labels = format.identifiers().stream().map(Identifier::label).collect(joining(" and no "));
            return UserRecord.malformed(
                    records.line(), value, successor, "has no " + labels + "; write one and run again.");
        }
        boolean byId = deciding.identifier() == Identifier.USER_ID;
        Long userId = byId ? UserId.parse(value) : null;
        if (byId && userId == null) {
            return UserRecord.malformed(records.line(), value, successor, "user ID " + UserId.problem(value));
        }
        return certain(records, swallowed, value, userId, successor);
    }

    /** The row, whose identifiers are certain. */
    private UserRecord certain(
            CsvRecords records,
            SwallowedLines swallowed,
            String value,
            @Nullable Long userId,
            @Nullable String successor) {
        String active = layout.active() == null ? "" : records.value(layout.active());
        UserRecord row = new UserRecord(
                records.line(),
                value,
                userId,
                layout.identifying().size() == 1 ? null : names(records),
                state(active),
                successor,
                userId == null ? InvisibleText.shown(value) : null,
                swallowed.usernames(),
                swallowed.usernames().isEmpty() ? null : swallowed.problem());
        if (successor != null && UserId.parse(successor) == null) {
            return row.malformed("the successor's user ID " + UserId.problem(successor));
        }
        return active.isEmpty() || row.active() != null
                ? row
                : UserRecord.malformed(
                        records.line(),
                        value,
                        successor,
                        Excerpt.quoted(active)
                                + " does not tell whether the user is active; write true or false and run again.");
    }

    /** Null if the fields of the record can be told apart. */
    private @Nullable String problemOfTheFields(CsvRecords records) {
        int size = records.size();
        for (int i = 0; i < size; i++) {
            if (layout.isBlankHeading(i) && !records.value(i).isEmpty()) {
                return "has the value " + Excerpt.quoted(records.value(i)) + " in column " + (i + 1)
                        + ", which has no heading; name the column, or remove the value, and run again.";
            }
        }
        if (size > layout.width()) {
            return "has " + size + " fields, but the " + (layout.hasHeader() ? "header" : "first record") + " has "
                    + layout.width() + "; put quotes around a value that holds the delimiter and run again.";
        }
        return mayHoldGroups && layout.identifying().stream().anyMatch(column -> mayBeGrouped(records, column))
                ? "may hold one number with a thousands separator; write it without the separator, or put quotes around"
                        + " the user ID to make it certain, and run again."
                : null;
    }

    /** Whether the user ID and the next field may be one number, such as 1,234. */
    private boolean mayBeGrouped(CsvRecords records, IdentifyingColumn column) {
        int index = column.index();
        if (column.identifier() != Identifier.USER_ID || index + 1 >= records.size()) {
            return false;
        }
        String group = records.value(index);
        String next = records.value(index + 1);
        return group.length() <= DIGITS_OF_A_GROUP
                && UserId.isDigits(group)
                && next.length() == DIGITS_OF_A_GROUP
                && UserId.isDigits(next)
                && !records.isQuoted(index)
                && !records.isQuoted(index + 1);
    }

    /** The first identifying column in which the record has a value; null if there is none. */
    private @Nullable IdentifyingColumn deciding(CsvRecords records) {
        for (IdentifyingColumn column : layout.identifying()) {
            if (!records.value(column.index()).isEmpty()) {
                return column;
            }
        }
        return null;
    }

    private Names names(CsvRecords records) {
        return new Names(name(records, Identifier.USERNAME), name(records, Identifier.EMAIL));
    }

    private @Nullable String name(CsvRecords records, Identifier identifier) {
        for (IdentifyingColumn column : layout.identifying()) {
            String value = records.value(column.index());
            if (column.identifier() == identifier && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    private @Nullable String successor(CsvRecords records) {
        String successor = layout.successors() == null ? "" : records.value(layout.successors());
        return successor.isEmpty() ? null : Excerpt.kept(successor);
    }

    private static @Nullable Boolean state(String active) {
        String word = active.toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return true;
        }
        return FALSE.contains(word) ? false : null;
    }

    /**
     * The record as one text. If the fields cannot be told apart, a report must not show the identifying field alone:
     * in skipped.csv, the 1 of an unquoted 1,234 would deactivate user 1.
     */
    private String whole(CsvRecords records) {
        return Excerpt.kept(
                String.join(String.valueOf(format.delimiter()), records.fields().subList(0, records.size())));
    }

    private static boolean hasOversizedField(CsvRecords records) {
        for (int i = 0; i < records.size(); i++) {
            if (isOversized(records.field(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOversized(String field) {
        return field.length() > FIELD_BYTES / MAX_BYTES_OF_A_CHAR
                && field.getBytes(StandardCharsets.UTF_8).length > FIELD_BYTES;
    }
}
