package com.fuse.users.csv;

import com.fuse.users.csv.Layout.IdentifyingColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Tells the rows of an input from headers further down, such as those of files that were joined. */
final class HeaderCheck {

    /** What a record is. */
    enum RecordKind {
        ROW,
        REPEATED_HEADER,
        OTHER_HEADER
    }

    private final Layout layout;

    /** As they are compared. */
    private final List<String> headings;

    private final Set<String> headingSet;

    /** Without a header every word is a username. */
    private final boolean anyWordIsUser;

    HeaderCheck(Layout layout) {
        this.layout = layout;
        this.headings = layout.headings().stream().map(Heading::comparable).toList();
        this.headingSet = new HashSet<>(headings);
        this.anyWordIsUser = !layout.hasHeader() && layout.identifying().get(0).identifier() == Identifier.USERNAME;
    }

    /**
     * What the current one of {@code records} is. A header has no identifier in the identifying columns. Another header
     * than the first has a usual heading of identifiers in any column.
     */
    RecordKind kind(CsvRecords records) {
        if (holdsIdentifier(records)) {
            return RecordKind.ROW;
        }
        if (layout.hasHeader() && isRepeated(records)) {
            return RecordKind.REPEATED_HEADER;
        }
        return !anyWordIsUser && records.fields().stream().anyMatch(Heading::namesIdentifiers)
                ? RecordKind.OTHER_HEADER
                : RecordKind.ROW;
    }

    private boolean isRepeated(CsvRecords records) {
        return records.size() <= layout.width()
                && IntStream.range(0, layout.width())
                        .allMatch(i -> headings.get(i).equals(Heading.comparable(records.value(i))));
    }

    /** Also true of a record whose identifying columns are all blank, because that is a row without an identifier. */
    private boolean holdsIdentifier(CsvRecords records) {
        boolean blank = true;
        for (IdentifyingColumn column : layout.identifying()) {
            String value = records.value(column.index());
            blank &= value.isEmpty();
            boolean identifier =
                    switch (column.identifier()) {
                        case USER_ID -> UserId.isDigits(value);
                        case EMAIL -> value.indexOf('@') >= 0;
                        case USERNAME -> !value.isEmpty() && !isHeading(value);
                    };
            if (identifier) {
                return true;
            }
        }
        return blank;
    }

    /** A username may be any word but a heading. */
    private boolean isHeading(String text) {
        return Heading.namesIdentifiers(text) || headingSet.contains(Heading.comparable(text));
    }
}
