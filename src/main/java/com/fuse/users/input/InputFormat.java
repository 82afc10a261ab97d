package com.fuse.users.input;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * How an input is to be read, as it was detected.
 *
 * @param header whether the first record names the columns and is no row
 * @param column the name of the identifying column as written, blanks around it aside; null without a header
 * @param columnIndex where the identifying column stands, counted from 0
 * @param identifier what the identifying column holds
 * @param successors the column that names who takes over a user's admin roles; null where there is none, or none is asked for
 * @param width the number of fields of the first record, which no other may exceed
 * @param compressed whether the file is gzip
 */
public record InputFormat(
        Charset charset,
        boolean byteOrderMark,
        char delimiter,
        boolean header,
        @Nullable String column,
        int columnIndex,
        Identifier identifier,
        @Nullable SuccessorColumn successors,
        int width,
        boolean compressed) {

    /** Where the successors stand: {@code index} counted from 0, the {@code name} as written. */
    public record SuccessorColumn(int index, String name) {}

    /** One line for people, such as {@code UTF-8 with BOM, delimiter ';', header, column 3 'user_id' (user ID)}. */
    public String describe() {
        return (compressed ? "gzip, " : "")
                + (charset.equals(InputDigest.WINDOWS_1252) ? "Windows-1252" : charset.name())
                + (byteOrderMark ? " with BOM" : "")
                + ", delimiter "
                + (delimiter == '\t' ? "tab" : "'" + delimiter + "'")
                + (header ? ", header" : ", no header")
                + ", column "
                + (columnIndex + 1)
                + (column == null ? "" : " " + Excerpt.quoted(column))
                + " ("
                + identifier.label()
                + ")"
                + (successors == null
                        ? ""
                        : ", successors in column " + (successors.index() + 1) + " "
                                + Excerpt.quoted(successors.name()));
    }
}
