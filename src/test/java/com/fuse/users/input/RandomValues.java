package com.fuse.users.input;

import com.fuse.users.input.CsvModel.Role;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random texts of the fields of a CSV of users. */
final class RandomValues {
    /** Texts near a user ID, and line ends, quotes, delimiters and blanks more often than in practice. */
    private static final List<String> PIECES = List.of(
            "17",
            "0",
            "1,234",
            "9223372036854775807",
            "9223372036854775808",
            "-5",
            "12345.0",
            "1.2E+04",
            "user_id",
            "e-mail",
            "@",
            "\u001a",
            "x",
            "",
            " ",
            "\t",
            "\u00a0",
            ",",
            ";",
            "\"",
            "\"\"",
            "\r",
            "\n",
            "\r\n",
            "\\",
            "\\.",
            "\\N",
            "=1+1",
            "'",
            "é",
            "€",
            "#",
            "\u0007",
            "\u001b[2J",
            "\u2007",
            "\u202f",
            "\ufeff",
            "\u3000",
            "\u2028",
            "\u202e",
            "\uffff",
            "😀",
            "日本",
            "١٧");

    /** The largest allowed field, and a larger one. */
    private static final List<String> SIZES =
            List.of("7".repeat(65_536), "7".repeat(65_537), "€".repeat(21_845) + "x", "€".repeat(21_845) + "xx");

    private RandomValues() {}

    /** Texts that fit the column, and any others. */
    static Arbitrary<String> values(Role role) {
        return Arbitraries.frequencyOf(
                Tuple.of(12, natural(role)), Tuple.of(2, Arbitraries.of("", " ", "\u00a0")), Tuple.of(4, any()));
    }

    static Arbitrary<String> any() {
        Arbitrary<String> mixed = Arbitraries.of(PIECES).list().ofMaxSize(4).map(parts -> String.join("", parts));
        return Arbitraries.frequencyOf(Tuple.of(60, mixed), Tuple.of(1, Arbitraries.of(SIZES)));
    }

    private static Arbitrary<String> natural(Role role) {
        return switch (role) {
            case USER_ID -> ids();
            case USERNAME -> Arbitraries.of("ann", "Bob ", "carl.moor", "18", "login", "\u200bann");
            case EMAIL -> Arbitraries.of("ann@example.org", " Bob@example.org", "bob@x", "ann", "a b@x");
            case ACTIVE -> Arbitraries.of("true", "False", "yes", "N", "1", "0", " t", "maybe");
            case OTHER ->
                Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.of("note", "Jane Doe", "12345", "two\r\nlines", "a\rb\nc")),
                        Tuple.of(2, Arbitraries.integers().between(0, 999).map("%03d"::formatted)));
        };
    }

    private static Arbitrary<String> ids() {
        Arbitrary<String> numbers = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.longs().between(1, Long.MAX_VALUE).map(String::valueOf)),
                Tuple.of(2, Arbitraries.longs().between(1, 1_100).map(String::valueOf)));
        Arbitrary<String> blanks = Arbitraries.of("", "", "", " ", "\u00a0");
        return Combinators.combine(blanks, numbers, blanks).as((before, id, after) -> before + id + after);
    }

    /** A field that a stray quote makes: with lines that may be rows by themselves. */
    static Arbitrary<String> swallowing(List<Role> roles, char delimiter) {
        Arbitrary<String> line = Combinators.combine(IntStream.range(0, roles.size())
                        .mapToObj(i -> natural(roles.get(i)))
                        .toList())
                .as(values -> String.join(String.valueOf(delimiter), values));
        Arbitrary<String> lines = Combinators.combine(
                        line, Arbitraries.of("", "", "", delimiter + " ", delimiter + "x"))
                .as(String::concat);
        return Combinators.combine(
                        Arbitraries.of("", "a", "17"),
                        lines.list().ofMinSize(1).ofMaxSize(5),
                        Arbitraries.of("\n", "\r\n", "\r"))
                .as((start, rows, end) -> start + end + String.join(end, rows));
    }
}
