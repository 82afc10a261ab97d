package com.fuse.users.input;

import com.fuse.users.input.Layout.IdentifyingColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header of an input: finds the columns that count, and refuses a header that leaves them open.
 *
 * @param headings without surrounding blanks
 */
record Header(String input, List<String> headings, ColumnChoice choice) {

    private static final String SUCCESSORS = "transfer_admin_to";
    private static final String ACTIVE = "active";

    /** Whether a record with these fields is a header with a column that identifies users. */
    static boolean is(List<String> fields, ColumnChoice choice) {
        return choice.column() == null
                ? fields.stream().anyMatch(Heading::namesIdentifiers)
                : !Heading.indexes(fields, choice.column()).isEmpty();
    }

    /**
     * The layout below the header.
     *
     * @param withSuccessors whether to look for a column {@code transfer_admin_to}
     * @param withStates whether to look for a column {@code active}
     * @throws InputException if this is a report of the program, or no header, or two columns could be meant
     */
    Layout layout(boolean withSuccessors, boolean withStates) {
        OwnReport.refuse(input, headings);
        headings.stream().filter(Heading::looksLikeUser).findFirst().ifPresent(user -> {
            throw InputException.unreadable(
                    input,
                    "the first record has %s, which looks like a user, not like a heading. Rename that heading, or, if there is no header, state the column of the users with --no-header --column N, and run again."
                            .formatted(Excerpt.quoted(user)));
        });
        List<IdentifyingColumn> identifying = choice.column() == null ? usual() : List.of(chosen(choice.column()));
        List<Integer> taken = identifying.stream().map(IdentifyingColumn::index).toList();
        return new Layout(
                headings,
                Layout.width(headings),
                identifying,
                withSuccessors ? other(taken, SUCCESSORS, "name successors") : null,
                withStates ? other(taken, ACTIVE, "state whether a user is active") : null);
    }

    private List<IdentifyingColumn> usual() {
        List<IdentifyingColumn> identifying = new ArrayList<>();
        for (Identifier identifier : Identifier.values()) {
            List<Integer> found = Heading.indexes(headings, identifier);
            if (!found.isEmpty()) {
                identifying.add(new IdentifyingColumn(identifier, single(found, "identify users")));
            }
        }
        return identifying;
    }

    private IdentifyingColumn chosen(String column) {
        Identifier stated = choice.identifier();
        return new IdentifyingColumn(
                stated == null ? Heading.identifier(column) : stated,
                single(Heading.indexes(headings, column), "identify users"));
    }

    private @Nullable Integer other(List<Integer> taken, String heading, String purpose) {
        List<Integer> found = new ArrayList<>(Heading.indexes(headings, heading));
        found.removeAll(taken);
        return found.isEmpty() ? null : single(found, purpose);
    }

    private int single(List<Integer> found, String purpose) {
        if (found.size() > 1) {
            throw InputException.unreadable(
                    input,
                    "several columns could %s: %s; rename or remove all but one and run again."
                            .formatted(
                                    purpose,
                                    Excerpt.columns(
                                            found.stream().map(headings::get).toList())));
        }
        return found.get(0);
    }
}
