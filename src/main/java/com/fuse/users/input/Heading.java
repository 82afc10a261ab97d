package com.fuse.users.input;

import com.fuse.users.text.InvisibleCharacter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The heading of a column. Headings are the same if they differ only in case, blanks, {@code _}, {@code -} and invisible
 * characters.
 */
final class Heading {

    /** The usual headings of a column of identifiers, by rank. A file may have one column of each rank. */
    private static final List<Rank> RANKS = List.of(
            new Rank(Identifier.USER_ID, Set.of("userid")),
            new Rank(Identifier.USER_ID, Set.of("id", "fuseid", "fuseuserid")),
            new Rank(Identifier.USERNAME, Set.of("username", "login", "loginname", "userlogin")),
            new Rank(Identifier.EMAIL, Set.of("email", "mail", "emailaddress", "mailaddress")));

    private static final Map<String, Identifier> IDENTIFIERS = RANKS.stream()
            .flatMap(rank -> rank.names().stream().map(name -> Map.entry(name, rank.identifier())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private record Rank(Identifier identifier, Set<String> names) {}

    private Heading() {}

    /** The text by which headings are compared. */
    static String comparable(String heading) {
        StringBuilder comparable = new StringBuilder(heading.length());
        heading.codePoints()
                .filter(c -> c != '_' && c != '-' && !Character.isWhitespace(c) && !InvisibleCharacter.is(c))
                .forEach(comparable::appendCodePoint);
        return comparable.toString().toLowerCase(Locale.ROOT);
    }

    /** Whether the text is a usual heading of a column of identifiers. */
    static boolean namesIdentifiers(String text) {
        return IDENTIFIERS.containsKey(comparable(text));
    }

    /** Whether the text is more likely a user than a heading. */
    static boolean looksLikeUser(String text) {
        return UserId.isDigits(text) || text.indexOf('@') >= 0;
    }

    /** The kind of identifiers below the heading. An unusual heading is read as well as it can be. */
    static Identifier identifier(String heading) {
        String name = comparable(heading);
        Identifier usual = IDENTIFIERS.get(name);
        if (usual != null) {
            return usual;
        }
        if (name.contains("mail")) {
            return Identifier.EMAIL;
        }
        return name.contains("username") || name.contains("login") ? Identifier.USERNAME : Identifier.USER_ID;
    }

    /** The 0-based indexes of the columns of identifiers of this kind that have the best rank. */
    static List<Integer> indexes(List<String> headings, Identifier identifier) {
        List<String> names = headings.stream().map(Heading::comparable).toList();
        return RANKS.stream()
                .filter(rank -> rank.identifier() == identifier)
                .map(rank -> IntStream.range(0, names.size())
                        .filter(i -> rank.names().contains(names.get(i)))
                        .boxed()
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** The 0-based indexes of the columns with this heading. */
    static List<Integer> indexes(List<String> headings, String heading) {
        String name = comparable(heading);
        return IntStream.range(0, headings.size())
                .filter(i -> comparable(headings.get(i)).equals(name))
                .boxed()
                .toList();
    }
}
