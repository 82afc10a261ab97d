package com.fuse.users.input;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The first record of an input as the names of columns.
 *
 * @param names without surrounding blanks
 */
record Columns(List<String> names) {
    /** In order of preference. Two columns of the same rank are ambiguous. */
    private static final List<Rank> RANKS = List.of(
            new Rank(Set.of("user id"), Identifier.USER_ID),
            new Rank(Set.of("id", "fuse id"), Identifier.USER_ID),
            new Rank(Set.of("username"), Identifier.USERNAME),
            new Rank(Set.of("email"), Identifier.EMAIL));

    private static final String SUCCESSORS = "transfer admin to";

    private record Rank(Set<String> names, Identifier identifier) {}

    /**
     * The columns that may identify users.
     *
     * @param indexes 0-based, ascending; several if the names are ambiguous
     */
    record Match(List<Integer> indexes, Identifier identifier) {}

    static Columns of(List<String> firstRecord) {
        return new Columns(firstRecord.stream().map(Blanks::trim).toList());
    }

    /** Whether all names are blank. */
    boolean areBlank() {
        return names.stream().allMatch(String::isEmpty);
    }

    /** Whether the first record is a row, because its first field is a number. */
    boolean areValues() {
        return UserId.isDigits(names.get(0));
    }

    /** The columns of this name; without a name, those of the best rank. Null if there are none. */
    @Nullable
    Match find(@Nullable String column) {
        return column == null ? findByRank() : findByName(Blanks.trim(column));
    }

    private @Nullable Match findByRank() {
        for (Rank rank : RANKS) {
            List<Integer> indexes = indexes(name -> rank.names().contains(comparable(name)));
            if (!indexes.isEmpty()) {
                return new Match(indexes, rank.identifier());
            }
        }
        return null;
    }

    private @Nullable Match findByName(String column) {
        List<Integer> indexes = indexes(column::equalsIgnoreCase);
        return indexes.isEmpty() ? null : new Match(indexes, identifier(column));
    }

    /** The 0-based indexes of the columns that name successors, ascending. */
    List<Integer> successors() {
        return indexes(name -> comparable(name).equals(SUCCESSORS));
    }

    private List<Integer> indexes(Predicate<String> wanted) {
        return IntStream.range(0, names.size())
                .filter(i -> wanted.test(names.get(i)))
                .boxed()
                .toList();
    }

    private static Identifier identifier(String column) {
        String name = comparable(column);
        if (name.contains("mail")) {
            return Identifier.EMAIL;
        }
        boolean username = name.contains("username") || name.contains("user name") || name.contains("login");
        return username ? Identifier.USERNAME : Identifier.USER_ID;
    }

    private static String comparable(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
