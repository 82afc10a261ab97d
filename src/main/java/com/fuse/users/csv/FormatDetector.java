package com.fuse.users.csv;

import com.fuse.users.csv.Layout.IdentifyingColumn;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputException;
import com.fuse.users.input.InputSource;
import com.fuse.users.text.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Detects the format of an input from its first lines. It refuses an ambiguous input instead of guessing. */
public final class FormatDetector {
    /** In order of preference. */
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    private final ColumnChoice choice;
    private final boolean withSuccessors;
    private final boolean withStates;

    /**
     * @param withSuccessors whether to look for a column {@code transfer_admin_to}
     * @param withStates whether to look for a column {@code active}
     */
    public FormatDetector(ColumnChoice choice, boolean withSuccessors, boolean withStates) {
        this.choice = choice;
        this.withSuccessors = withSuccessors;
        this.withStates = withStates;
    }

    /** A first record as one delimiter separates it, without surrounding blanks. */
    private record Candidate(char delimiter, List<String> fields) {

        int width() {
            return Layout.width(fields);
        }

        boolean holdsUser() {
            return fields.stream().anyMatch(Heading::looksLikeUser);
        }
    }

    /**
     * The format of {@code source}.
     *
     * @throws InputException (65) if it is not a CSV, has no record, or leaves open which columns identify users
     */
    public InputFormat detect(InputSource source, InputDigest digest) {
        FirstLines start = FirstLines.of(source, digest);
        start.refuseOtherThanCsv();
        Character stated = start.delimiter();
        List<Candidate> candidates =
                candidates(source, digest, stated == null ? DELIMITERS : List.of(stated), stated != null);
        Optional<Candidate> withHeader = choice.noHeader()
                ? Optional.empty()
                : widest(candidates.stream()
                        .filter(candidate -> Header.is(candidate.fields(), choice))
                        .toList());
        Candidate chosen = withHeader.orElseGet(() -> withoutHeader(candidates));
        return new InputFormat(
                digest.charset(),
                digest.byteOrderMark(),
                source.isCompressed(),
                chosen.delimiter(),
                stated != null,
                withHeader.isPresent()
                        ? new Header(source.name(), chosen.fields(), choice).layout(withSuccessors, withStates)
                        : noHeader(source.name(), chosen, start.isOneLine()));
    }

    private Candidate withoutHeader(List<Candidate> candidates) {
        // A tab after a single value is a blank, not a delimiter.
        List<Candidate> users = candidates.stream()
                .filter(Candidate::holdsUser)
                .filter(candidate -> candidate.delimiter() != '\t' || candidate.width() > 1 || candidates.size() == 1)
                .toList();
        return widest(users.isEmpty() ? candidates : users).orElseThrow();
    }

    private Layout noHeader(String input, Candidate chosen, boolean isOnlyLine) {
        List<String> fields = chosen.fields().subList(0, chosen.width());
        if (choice.noHeader()) {
            return positioned(input, fields);
        }
        if (choice.column() != null) {
            throw InputException.unreadable(
                    input,
                    "there is no column %s; found %s. Name one of them with --column, or use --no-header, and run again."
                            .formatted(Excerpt.quoted(choice.column()), Excerpt.columns(fields)));
        }
        if (chosen.width() == 1 && chosen.holdsUser()) {
            return Layout.withoutHeader(1, new IdentifyingColumn(identifierOf(fields.get(0)), 0));
        }
        if (chosen.holdsUser()) {
            throw InputException.unreadable(
                    input,
                    "there is no header, and the first record has %d fields: %s. %s and run again."
                            .formatted(
                                    fields.size(),
                                    Excerpt.columns(fields),
                                    isOnlyLine
                                            ? "Write one user per line"
                                            : "State the column of the users with --no-header --column N"));
        }
        throw InputException.unreadable(
                input,
                "no column is known to identify users; found %s. Name one of them with --column, or, if this is a user, use --no-header --column 1 --identifier username, and run again."
                        .formatted(Excerpt.columns(fields)));
    }

    /** The layout of a file of which the operator says that it has no header. */
    private Layout positioned(String input, List<String> fields) {
        String column = choice.column();
        if (column == null && fields.size() > 1) {
            throw InputException.unreadable(
                    input,
                    "the first record has %d fields: %s. State the column of the users with --column N and run again."
                            .formatted(fields.size(), Excerpt.columns(fields)));
        }
        int position = column == null ? 1 : Integer.parseInt(column);
        if (position > fields.size()) {
            throw InputException.unreadable(
                    input,
                    "there is no column %d; the first record is %s. Correct --column and run again."
                            .formatted(position, Excerpt.columns(fields)));
        }
        return Layout.withoutHeader(
                fields.size(), new IdentifyingColumn(identifier(input, fields.get(position - 1)), position - 1));
    }

    private Identifier identifier(String input, String firstValue) {
        if (choice.identifier() != null) {
            return choice.identifier();
        }
        if (!Heading.looksLikeUser(firstValue)) {
            throw InputException.unreadable(
                    input,
                    "it is not known how %s identifies a user; state it with --identifier and run again."
                            .formatted(Excerpt.quoted(firstValue)));
        }
        return identifierOf(firstValue);
    }

    /** How a text that looks like a user identifies the user. */
    private static Identifier identifierOf(String user) {
        return UserId.isDigits(user) ? Identifier.USER_ID : Identifier.EMAIL;
    }

    private static List<Candidate> candidates(
            InputSource source, InputDigest digest, List<Character> delimiters, boolean delimiterLine) {
        List<Candidate> candidates = new ArrayList<>();
        List<InputException> failures = new ArrayList<>();
        for (char delimiter : delimiters) {
            try {
                candidates.add(new Candidate(delimiter, firstRecord(source, digest, delimiter, delimiterLine)));
            } catch (InputException e) {
                // Quoted fields parse only with the right delimiter: "a";"b" is an error with a comma.
                failures.add(e);
            }
        }
        if (candidates.isEmpty()) {
            throw failures.get(0);
        }
        return candidates;
    }

    private static List<String> firstRecord(
            InputSource source, InputDigest digest, char delimiter, boolean delimiterLine) {
        try (CsvRecords records = new CsvRecords(source, source.open(), digest, delimiter)) {
            if (delimiterLine) {
                records.advance();
            }
            if (!records.advance()) {
                throw InputException.unreadable(
                        source.name(), "the file has only blank lines; export it and run again.");
            }
            return records.fields().stream().map(Blanks::trim).toList();
        } catch (IOException e) {
            throw source.cannotBeRead(e);
        }
    }

    /** The candidate with the most values, then with the most fields; of several, the one with the preferred delimiter. */
    private static Optional<Candidate> widest(List<Candidate> candidates) {
        return candidates.stream()
                .sorted(Comparator.comparingInt(Candidate::width)
                        .thenComparingInt(candidate -> candidate.fields().size())
                        .reversed())
                .findFirst();
    }
}
