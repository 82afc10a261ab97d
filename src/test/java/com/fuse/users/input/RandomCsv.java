package com.fuse.users.input;

import com.fuse.users.input.CsvModel.Dialect;
import com.fuse.users.input.CsvModel.Field;
import com.fuse.users.input.CsvModel.First;
import com.fuse.users.input.CsvModel.Line;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random CSVs of users in every dialect of the contract. */
final class RandomCsv {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final Pattern NOT_WINDOWS_1252 = Pattern.compile("[^\\x00-\u00ff€]");

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

    private RandomCsv() {}

    static Arbitrary<CsvModel> csvs() {
        return Combinators.combine(
                        dialects(),
                        Arbitraries.oneOf(withHeader(), withoutHeader()),
                        blankLines(" ").list().ofMaxSize(2),
                        lines().list().ofMaxSize(8),
                        Arbitraries.of(true, false))
                .as((dialect, first, before, lines, ends) -> {
                    First fitting = fitting(dialect, first);
                    int width = fitting.line().fields().size();
                    List<Line> records = lines.stream()
                            .map(line -> fitting(dialect, line, width + 1))
                            .toList();
                    return new CsvModel(dialect, before, fitting, records, ends);
                });
    }

    private static Arbitrary<Dialect> dialects() {
        return Combinators.combine(
                        Arbitraries.of(
                                Tuple.of(StandardCharsets.UTF_8, false),
                                Tuple.of(StandardCharsets.UTF_8, true),
                                Tuple.of(StandardCharsets.UTF_16LE, true),
                                Tuple.of(StandardCharsets.UTF_16BE, true),
                                Tuple.of(WINDOWS_1252, false)),
                        Arbitraries.of(',', ';', '\t'),
                        Arbitraries.of(0, 0, 0, 1, 3))
                .as((encoding, delimiter, members) ->
                        new Dialect(encoding.get1(), encoding.get2(), delimiter, members));
    }

    private static Arbitrary<First> withHeader() {
        return Combinators.combine(
                        others("x"),
                        Arbitraries.of(Identifier.USER_ID, Identifier.USER_ID, Identifier.USERNAME),
                        Arbitraries.integers().between(0, 3),
                        fields(Arbitraries.of("%s", " %s ", "\u00a0%s")),
                        lineEnds())
                .as((others, identifier, position, name, end) -> {
                    int index = Math.min(position, others.size());
                    String column = identifier == Identifier.USER_ID ? "User_ID" : "username";
                    Field field = new Field(name.text().formatted(column), name.quoted(), name.blanksAfterQuote());
                    return new First(true, identifier, index, new Line(with(others, index, field), "", end));
                });
    }

    private static Arbitrary<First> withoutHeader() {
        Arbitrary<Field> numbers = fields(Arbitraries.of("17", "0", "007", "9223372036854775808", " 18\u00a0", "1"));
        return Combinators.combine(others("234"), numbers, lineEnds())
                .as((others, number, end) ->
                        new First(false, Identifier.USER_ID, 0, new Line(with(others, 0, number), "", end)));
    }

    private static Arbitrary<List<Field>> others(String second) {
        return fields(Arbitraries.of("name", "n, o; t\te", "two\r\nlines", "\"quoted\"", "", second))
                .list()
                .ofMaxSize(3);
    }

    /** Only bytes that are not UTF-8 are detected as Windows-1252, such as an é before an ASCII character. */
    private static First fitting(Dialect dialect, First first) {
        if (!dialect.charset().equals(WINDOWS_1252)) {
            return first;
        }
        Line line = first.line();
        List<Field> marked = with(line.fields(), line.fields().size(), new Field("é ", false, ""));
        return new First(first.header(), first.identifier(), first.idIndex(), new Line(marked, "", line.end()));
    }

    private static Line fitting(Dialect dialect, Line line, int maxFields) {
        List<Field> fields = line.fields().stream()
                .limit(maxFields)
                .map(field -> new Field(fitting(dialect, field.text()), field.quoted(), field.blanksAfterQuote()))
                .toList();
        return new Line(fields, line.blanks(), line.end());
    }

    /** The text without the characters that the charset does not have. */
    private static String fitting(Dialect dialect, String text) {
        return dialect.charset().equals(WINDOWS_1252)
                ? NOT_WINDOWS_1252.matcher(text).replaceAll("")
                : text;
    }

    private static Arbitrary<Line> lines() {
        Arbitrary<Line> records = Combinators.combine(
                        fields(values()).list().ofMinSize(1).ofMaxSize(5), lineEnds())
                .as((fields, end) -> new Line(fields, "", end));
        return Arbitraries.frequencyOf(Tuple.of(6, records), Tuple.of(1, blankLines("", " ", "\t ", "\u00a0")));
    }

    private static Arbitrary<Line> blankLines(String... blanks) {
        return Combinators.combine(Arbitraries.of(blanks), lineEnds())
                .as((blank, end) -> new Line(List.of(), blank, end));
    }

    private static Arbitrary<String> values() {
        Arbitrary<String> ids = Arbitraries.longs().between(1, Long.MAX_VALUE).map(String::valueOf);
        Arbitrary<String> blanks = Arbitraries.of("", "", " ", "\u00a0");
        Arbitrary<String> padded =
                Combinators.combine(blanks, ids, blanks).as((before, id, after) -> before + id + after);
        Arbitrary<String> groups = Arbitraries.integers().between(100, 999).map(String::valueOf);
        Arbitrary<String> mixed = Arbitraries.of(PIECES).list().ofMaxSize(4).map(parts -> String.join("", parts));
        return Arbitraries.frequencyOf(
                Tuple.of(60, padded), Tuple.of(60, mixed), Tuple.of(10, groups), Tuple.of(1, Arbitraries.of(SIZES)));
    }

    private static Arbitrary<Field> fields(Arbitrary<String> texts) {
        return Combinators.combine(texts, Arbitraries.of(false, true), Arbitraries.of("", "", " "))
                .as(Field::new);
    }

    private static Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    private static List<Field> with(List<Field> fields, int index, Field field) {
        List<Field> all = new ArrayList<>(fields);
        all.add(index, field);
        return all;
    }
}
