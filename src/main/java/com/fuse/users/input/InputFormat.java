package com.fuse.users.input;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * The detected format of an input.
 *
 * @param header whether the first record is a header and not a row
 * @param column the name of the identifying column as written, without surrounding blanks; null without a header
 * @param columnIndex the 0-based index of the identifying column
 * @param identifier the kind of identifiers in that column
 * @param successors the column that names who takes over a user's admin roles; null if there is none or it is not used
 * @param width the number of fields of the first record; no other record may have more
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

    /** The column of successors: its 0-based {@code index}, and its {@code name} as written. */
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
