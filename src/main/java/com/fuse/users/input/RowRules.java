package com.fuse.users.input;

import com.fuse.users.input.InputFormat.SuccessorColumn;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Turns a record into a row, or says why it is malformed. */
final class RowRules {
    static final int FIELD_BYTES = 64 * 1024;

    private static final int MAX_BYTES_OF_A_CHAR = 3;
    private static final int DIGITS_OF_A_GROUP = 3;

    private final InputFormat format;

    RowRules(InputFormat format) {
        this.format = format;
    }

    /** The row of the current one of {@code records}. */
    UserRecord apply(CsvRecords records) {
        if (records.size() > format.width()) {
            return malformed(
                    records,
                    whole(records),
                    "has " + records.size() + " fields, but the " + (format.header() ? "header" : "first record")
                            + " has " + format.width()
                            + "; put quotes around a value that holds the delimiter and run again.");
        }
        String value = format.columnIndex() < records.size() ? Blanks.trim(records.field(format.columnIndex())) : "";
        if (hasOversizedField(records)) {
            return malformed(
                    records,
                    isOversized(value) ? Excerpt.kept(value) : value,
                    "has a field of more than " + FIELD_BYTES + " bytes; check its quotes, shorten it and run again.");
        }
        if (isNumberWithThousandsSeparators(records)) {
            String number = whole(records);
            return malformed(
                    records,
                    number,
                    Excerpt.quoted(number)
                            + " may be one number with thousands separators; write it without them, or add a header, and run again.");
        }
        if (value.isEmpty()) {
            return malformed(records, value, "has no " + format.identifier().label() + "; write one and run again.");
        }
        Long userId = null;
        if (format.identifier() == Identifier.USER_ID) {
            userId = UserId.parse(value);
            if (userId == null) {
                return malformed(records, value, "user ID " + noUserId(value));
            }
        }
        String successor = successor(records);
        if (successor != null && UserId.parse(successor) == null) {
            return malformed(records, value, "the successor's user ID " + noUserId(successor));
        }
        return new UserRecord(records.line(), value, userId, successor, null);
    }

    /** Null also if the fields cannot be told apart. */
    private @Nullable String successor(CsvRecords records) {
        SuccessorColumn column = format.successors();
        if (column == null || column.index() >= records.size() || records.size() > format.width()) {
            return null;
        }
        String successor = Blanks.trim(records.field(column.index()));
        return successor.isEmpty() ? null : Excerpt.kept(successor);
    }

    private static String noUserId(String value) {
        return Excerpt.quoted(value) + " is not a whole number from 1 to " + Long.MAX_VALUE
                + " in the digits 0 to 9; correct it and run again.";
    }

    private UserRecord malformed(CsvRecords records, String value, String problem) {
        return new UserRecord(records.line(), value, null, successor(records), problem);
    }

    /**
     * The record as one text. If the fields cannot be told apart, a report must not show the identifying field alone:
     * in skipped.csv, the 1 of an unquoted 1,234 would deactivate user 1.
     */
    private String whole(CsvRecords records) {
        return Excerpt.kept(String.join(String.valueOf(format.delimiter()), records.fields()));
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

    private boolean isNumberWithThousandsSeparators(CsvRecords records) {
        if (format.header() || format.delimiter() != ',' || records.size() < 2) {
            return false;
        }
        for (int i = 0; i < records.size(); i++) {
            String group = Blanks.trim(records.field(i));
            boolean rightLength = i == 0 ? group.length() <= DIGITS_OF_A_GROUP : group.length() == DIGITS_OF_A_GROUP;
            if (!rightLength || !UserId.isDigits(group)) {
                return false;
            }
        }
        return true;
    }
}
