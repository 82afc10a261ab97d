package com.fuse.users.csv;

import static java.util.stream.Collectors.joining;

import com.fuse.users.text.Counts;
import com.fuse.users.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of an input mean.
 *
 * @param headings without surrounding blanks; empty if there is no header
 * @param width the columns that may hold values at most: those up to the last heading, or of the first record
 * @param identifying the columns that identify users, at least one. The first that has a value decides
 * @param successors the column that names who takes over a user's admin roles; null if there is none or it is not used
 * @param active the column that states whether the user is to be active; null if there is none
 */
record Layout(
        List<String> headings,
        int width,
        List<IdentifyingColumn> identifying,
        @Nullable Integer successors,
        @Nullable Integer active) {

    /** A column of identifiers, at the 0-based index. */
    record IdentifyingColumn(Identifier identifier, int index) {}

    /** The layout of an input without a header, whose rows have one column that counts. */
    static Layout withoutHeader(int width, IdentifyingColumn column) {
        return new Layout(List.of(), width, List.of(column), null, null);
    }

    /** The number of the fields up to the last one that is not blank. */
    static int width(List<String> fields) {
        int width = fields.size();
        while (width > 0 && fields.get(width - 1).isEmpty()) {
            width--;
        }
        return width;
    }

    boolean hasHeader() {
        return !headings.isEmpty();
    }

    /** Whether no value may be in the column: its heading is blank. */
    boolean isBlankHeading(int index) {
        return index < headings.size() && headings.get(index).isEmpty();
    }

    /** The columns for people, such as {@code column 3 'user_id' (user ID); not used: 'note'}. */
    String describe() {
        StringBuilder text = new StringBuilder(describe(identifying.get(0)));
        if (identifying.size() > 1) {
            text.append(", compared with ")
                    .append(identifying.stream().skip(1).map(this::describe).collect(joining(", ")));
        }
        if (active != null) {
            text.append(", state in ").append(column(active));
        }
        if (successors != null) {
            text.append(", successors in ").append(column(successors));
        }
        List<Integer> unused = unused();
        if (unused.isEmpty()) {
            return text.toString();
        }
        return text + "; not used: "
                + (hasHeader()
                        ? Excerpt.columns(unused.stream().map(headings::get).toList())
                        : Counts.of(unused.size(), "column"));
    }

    private String describe(IdentifyingColumn column) {
        return column(column.index()) + " (" + column.identifier().label() + ")";
    }

    private String column(int index) {
        return "column " + (index + 1) + (hasHeader() ? " " + Excerpt.quoted(headings.get(index)) : "");
    }

    private List<Integer> unused() {
        List<Integer> used = new ArrayList<>();
        identifying.forEach(column -> used.add(column.index()));
        used.add(active);
        used.add(successors);
        return IntStream.range(0, width)
                .filter(i -> !used.contains(i) && !isBlankHeading(i))
                .boxed()
                .toList();
    }
}
