package com.fuse.users.csv;

import org.jspecify.annotations.Nullable;

/**
 * What the operator says about the columns of an input (contract, section 4).
 *
 * @param column the only column that identifies users: its heading, or its position from 1 if there is no header; null to
 *     find the columns by their headings
 * @param noHeader whether the first record is a row
 * @param identifier the kind of identifiers in that column; null to detect it
 */
public record ColumnChoice(
        @Nullable String column, boolean noHeader, @Nullable Identifier identifier) {

    /** The operator says nothing. */
    public static final ColumnChoice NONE = new ColumnChoice(null, false, null);

    /** Whether a column with this name would be a user: a number, or an e-mail address. */
    public static boolean looksLikeUser(String column) {
        return Heading.looksLikeUser(Blanks.trim(column));
    }

    /** Whether the text is the position of a column, from 1 to 9999. */
    public static boolean isPosition(String column) {
        return column.matches("[1-9][0-9]{0,3}");
    }
}
