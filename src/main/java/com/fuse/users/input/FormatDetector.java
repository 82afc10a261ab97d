package com.fuse.users.input;

import com.fuse.users.input.InputFormat.SuccessorColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Detects the format of an input from its first record. It refuses an ambiguous input instead of guessing. */
public final class FormatDetector {
    /** In order of preference. */
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    private final boolean withSuccessors;

    /** A detector that ignores successors. */
    public FormatDetector() {
        this(false);
    }

    /** @param withSuccessors whether to look for a column {@code transfer_admin_to} */
    public FormatDetector(boolean withSuccessors) {
        this.withSuccessors = withSuccessors;
    }

    private record Candidate(char delimiter, Columns columns) {
        boolean identifiesUsers(@Nullable String column) {
            return columns.areValues() || columns.find(column) != null;
        }
    }

    /** The columns that count; {@code column} is the name of the identifying one, null without a header. */
    private record Identifying(
            @Nullable String column,
            int index,
            Identifier identifier,
            @Nullable SuccessorColumn successors) {}

    /**
     * The format of {@code source}.
     *
     * @param column the name of the column that identifies users, in any case; null to detect it by its name, or to take
     *     the first column of a file without a header
     * @throws InputException (65) if there is no record, not exactly one column that identifies users, or more than one
     *     that names successors
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
        return format(source, digest, chosen, new Identifying(null, 0, Identifier.USER_ID, null));
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
        SuccessorColumn successors = successors(source, chosen.columns(), index);
        return format(source, digest, chosen, new Identifying(names.get(index), index, match.identifier(), successors));
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
            InputSource source, InputDigest digest, Candidate chosen, Identifying identifying) {
        return new InputFormat(
                digest.charset(),
                digest.byteOrderMark(),
                chosen.delimiter(),
                identifying.column() != null,
                identifying.column(),
                identifying.index(),
                identifying.identifier(),
                identifying.successors(),
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
                // Quoted fields parse only with the right delimiter: "a";"b" is an error with a comma.
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
                        source.name(), "the file has only blank lines; export it and run again.");
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
