package com.fuse.users.csv;

import com.fuse.users.input.InputDigest;
import java.nio.charset.Charset;
import java.util.List;

/**
 * The detected format of an input.
 *
 * @param compressed whether the file is gzip
 * @param delimiterLine whether the first line only states the delimiter, as in {@code sep=;}
 */
public record InputFormat(
        Charset charset,
        boolean byteOrderMark,
        boolean compressed,
        char delimiter,
        boolean delimiterLine,
        Layout layout) {

    /** The kinds of identifiers by which a row may name its user; the first that has a value decides. */
    public List<Identifier> identifiers() {
        return layout.identifying().stream()
                .map(Layout.IdentifyingColumn::identifier)
                .toList();
    }

    /** The heading of the column of these identifiers; the kind's name without a header. */
    public String heading(Identifier identifier) {
        return layout.identifying().stream()
                .filter(column -> column.identifier() == identifier && layout.hasHeader())
                .map(column -> layout.headings().get(column.index()))
                .findFirst()
                .orElse(identifier.label());
    }

    /** Whether a row may name a successor. */
    public boolean namesSuccessors() {
        return layout.successors() != null;
    }

    /** Whether a row may state whether its user is to be active. */
    public boolean statesActive() {
        return layout.active() != null;
    }

    /** One line for people, such as {@code UTF-8 with BOM, delimiter ';', header, column 3 'user_id' (user ID)}. */
    public String describe() {
        return (compressed ? "gzip, " : "")
                + (charset.equals(InputDigest.WINDOWS_1252) ? "Windows-1252" : charset.name())
                + (byteOrderMark ? " with BOM" : "")
                + ", delimiter "
                + (delimiter == '\t' ? "tab" : "'" + delimiter + "'")
                + (delimiterLine ? " from the first line" : "")
                + (layout.hasHeader() ? ", header, " : ", no header, ")
                + layout.describe();
    }
}
