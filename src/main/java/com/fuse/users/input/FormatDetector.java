package com.fuse.users.input;

import com.fuse.users.input.InputFormat.SuccessorColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Recognises how an input is written from its first record. What it leaves open is refused, not guessed. */
public final class FormatDetector {
    /** In order of preference. */
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    private final boolean withSuccessors;

    /** A detector of who is named, and of nothing else. */
    public FormatDetector() {
        this(false);
    }

    /** @param withSuccessors whether a column {@code transfer_admin_to} is looked for too */
    public FormatDetector(boolean withSuccessors) {
        this.withSuccessors = withSuccessors;
    }

    private record Candidate(char delimiter, Columns columns) {
        boolean identifiesUsers(@Nullable String column) {
            return columns.areValues() || columns.find(column) != null;
        }
    }

    /**
     * The format of {@code source}.
     *
     * @param column the name of the column that identifies users, in any case; null to recognise it by its name, or in
     *     a file without a header to take the first
     * @throws InputException of kind UNREADABLE where there is no record, or no single column that identifies users, or
     *     where two columns name successors
     */
    public InputFormat detect(InputSource source, InputDigest digest, @Nullable String column) {
        Candidate chosen = choose(candidates(source, digest), column);
        if (!chosen.columns().areValues()) {
            return withHeader(source, digest, chosen, column);
        }
        if (column != null) {
            throw InputException.unreadable(
                    source.name(),
                    "there is no column " + Excerpt.quoted(column)
                            + ", because the file has no header: its first record is "
                            + Excerpt.columns(chosen.columns().names())
                            + "; add a header, or leave --column out to use the first column, and run again.");
        }
        return format(source, digest, chosen, null, 0, Identifier.USER_ID, null);
    }

    private InputFormat withHeader(InputSource source, InputDigest digest, Candidate chosen, @Nullable String column) {
        List<String> names = chosen.columns().names();
        Columns.Match match = chosen.columns().find(column);
        if (match == null) {
            String missing = column == null
                    ? "no column is known to identify users"
                    : "there is no column " + Excerpt.quoted(column);
            throw InputException.unreadable(
                    source.name(),
                    missing + "; found " + Excerpt.columns(names) + ". Name one of them with --column and run again.");
        }
        int index = single(match.indexes(), names, source, "identify users");
        return format(
                source,
                digest,
                chosen,
                names.get(index),
                index,
                match.identifier(),
                successors(source, chosen.columns(), index));
    }

    private @Nullable SuccessorColumn successors(InputSource source, Columns columns, int identifyingIndex) {
        List<Integer> indexes = withSuccessors ? columns.successors() : List.of();
        if (indexes.isEmpty() || indexes.equals(List.of(identifyingIndex))) {
            return null;
        }
        int index = single(indexes, columns.names(), source, "name successors");
        return new SuccessorColumn(index, columns.names().get(index));
    }

    private static int single(List<Integer> indexes, List<String> names, InputSource source, String purpose) {
        if (indexes.size() > 1) {
            List<String> candidates = indexes.stream().map(names::get).toList();
            throw InputException.unreadable(
                    source.name(),
                    "several columns could " + purpose + ": " + Excerpt.columns(candidates)
                            + "; rename or remove all but one and run again.");
        }
        return indexes.get(0);
    }

    private static InputFormat format(
            InputSource source,
            InputDigest digest,
            Candidate chosen,
            @Nullable String column,
            int columnIndex,
            Identifier identifier,
            @Nullable SuccessorColumn successors) {
        return new InputFormat(
                digest.charset(),
                digest.byteOrderMark(),
                chosen.delimiter(),
                column != null,
                column,
                columnIndex,
                identifier,
                successors,
                chosen.columns().names().size(),
                source.isCompressed());
    }

    private static List<Candidate> candidates(InputSource source, InputDigest digest) {
        List<Candidate> candidates = new ArrayList<>();
        List<InputException> failures = new ArrayList<>();
        for (char delimiter : DELIMITERS) {
            try {
                candidates.add(new Candidate(delimiter, firstRecord(source, digest, delimiter)));
            } catch (InputException e) {
                // With quoted fields only the right delimiter parses: "a";"b" is wrong with a comma.
                failures.add(e);
            }
        }
        if (candidates.isEmpty()) {
            throw failures.get(0);
        }
        return candidates;
    }

    private static Columns firstRecord(InputSource source, InputDigest digest, char delimiter) {
        try (CsvRecords records = new CsvRecords(source, source.open(), digest, delimiter)) {
            Columns columns = Columns.of(records.advance() ? records.fields() : List.of());
            if (columns.areBlank()) {
                throw InputException.unreadable(
                        source.name(), "there are only blank lines in it; write it again and run again.");
            }
            return columns;
        } catch (IOException e) {
            throw source.cannotBeRead(e);
        }
    }

    private static Candidate choose(List<Candidate> candidates, @Nullable String column) {
        List<Candidate> identifying = candidates.stream()
                .filter(candidate -> candidate.identifiesUsers(column))
                .collect(Collectors.toList());
        Candidate best = null;
        for (Candidate candidate : identifying.isEmpty() ? candidates : identifying) {
            if (best == null
                    || candidate.columns().names().size()
                            > best.columns().names().size()) {
                best = candidate;
            }
        }
        if (best == null) {
            throw new IllegalStateException("There is no candidate to choose from.");
        }
        return best;
    }
}
