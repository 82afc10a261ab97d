package com.fuse.users.csv;

import com.fuse.users.csv.CsvModel.First;
import com.fuse.users.csv.CsvModel.Role;
import com.fuse.users.csv.CsvText.Dialect;
import com.fuse.users.csv.CsvText.Field;
import com.fuse.users.csv.CsvText.Line;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Random CSVs of users in every dialect of the contract. */
final class RandomCsv {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final Pattern NOT_WINDOWS_1252 = Pattern.compile("[^\\x00-\u00ff€]");

    private static final Field NOT_UTF_8 = new Field("é ", false, "");

    /** Three bytes of Windows-1252 that are one character of UTF-8. */
    private static final Pattern ALSO_UTF_8 = Pattern.compile("é(?=[€\u00a0])");

    private RandomCsv() {}

    static Arbitrary<CsvModel> csvs() {
        return Combinators.combine(
                        dialects(), Arbitraries.frequencyOf(Tuple.of(3, withHeader()), Tuple.of(1, withoutHeader())))
                .as(RandomCsv::fitting)
                .flatMap(start -> csvs(start.dialect(), start.first()));
    }

    private static Arbitrary<CsvModel> csvs(Dialect dialect, First first) {
        return Combinators.combine(
                        blankLines(" ").list().ofMaxSize(2),
                        lines(dialect, first).list().ofMaxSize(8),
                        Arbitraries.of(true, false, false, false),
                        Arbitraries.of(true, false))
                .as((before, lines, endsWithCount, ends) -> {
                    List<Line> records = new ArrayList<>();
                    lines.forEach(line -> records.add(fitting(dialect, line)));
                    if (dialect.charset().equals(WINDOWS_1252) && !first.header()) {
                        records.add(new Line(List.of(NOT_UTF_8), "", "\n"));
                    }
                    return new CsvModel(dialect, before, first, records, endsWithCount, ends);
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
                        Arbitraries.of(
                                Tuple.of(',', false),
                                Tuple.of(',', false),
                                Tuple.of(';', false),
                                Tuple.of('\t', false),
                                Tuple.of(',', true),
                                Tuple.of(';', true),
                                Tuple.of('|', true)),
                        Arbitraries.of(0, 0, 0, 1, 3))
                .as((encoding, delimiter, members) ->
                        new Dialect(encoding.get1(), encoding.get2(), delimiter.get1(), delimiter.get2(), members));
    }

    private static Arbitrary<First> withHeader() {
        Arbitrary<List<Role>> identifying = Arbitraries.of(
                List.of(Role.USER_ID),
                List.of(Role.USER_ID),
                List.of(Role.USERNAME),
                List.of(Role.EMAIL),
                List.of(Role.USER_ID, Role.EMAIL),
                List.of(Role.USERNAME, Role.EMAIL),
                List.of(Role.USER_ID, Role.USERNAME, Role.EMAIL));
        Arbitrary<List<Role>> further = Arbitraries.of(Role.OTHER, Role.OTHER, Role.ACTIVE)
                .list()
                .ofMaxSize(3)
                .filter(roles -> Collections.frequency(roles, Role.ACTIVE) <= 1);
        return Combinators.combine(identifying, further)
                .as((some, others) ->
                        Stream.concat(some.stream(), others.stream()).toList())
                .flatMap(Arbitraries::shuffle)
                .flatMap(roles -> Combinators.combine(
                                Combinators.combine(roles.stream()
                                                .map(role -> fields(headings(role)))
                                                .toList())
                                        .as(fields -> fields),
                                lineEnds())
                        .as((fields, end) -> new First(true, roles, new Line(fields, "", end))));
    }

    private static Arbitrary<String> headings(Role role) {
        return switch (role) {
            case USER_ID -> Arbitraries.of("user_id", "UserId", " User-ID ", "\u00a0FUSE ID", "id");
            case USERNAME -> Arbitraries.of("username", "Login", "User Name");
            case EMAIL -> Arbitraries.of("email", "E-Mail", "mail");
            case ACTIVE -> Arbitraries.of("active", " Active");
            case OTHER -> Arbitraries.of("name", "n, o; t\te", "two\r\nlines", "\"quoted\"", "", " ", "x");
        };
    }

    private static Arbitrary<First> withoutHeader() {
        Arbitrary<Tuple2<Role, String>> values = Arbitraries.of(
                Tuple.of(Role.USER_ID, "17"),
                Tuple.of(Role.USER_ID, "0"),
                Tuple.of(Role.USER_ID, "007"),
                Tuple.of(Role.USER_ID, "9223372036854775808"),
                Tuple.of(Role.USER_ID, " 18\u00a0"),
                Tuple.of(Role.USER_ID, "1"),
                Tuple.of(Role.EMAIL, "ann@example.org"),
                Tuple.of(Role.EMAIL, " bob@x"));
        return Combinators.combine(
                        values,
                        Arbitraries.of(true, false),
                        fields(Arbitraries.of("", " ")).list().ofMaxSize(2),
                        lineEnds())
                .as((value, quoted, blanks, end) -> {
                    List<Field> fields = with(blanks, 0, new Field(value.get2(), quoted, ""));
                    List<Role> roles = new ArrayList<>(Collections.nCopies(fields.size(), Role.OTHER));
                    roles.set(0, value.get1());
                    return new First(false, roles, new Line(fields, "", end));
                });
    }

    private record Start(Dialect dialect, First first) {}

    /**
     * Only bytes that are not UTF-8 are detected as Windows-1252, such as an é before an ASCII character. And without a
     * header a tab is no delimiter unless the first line states it, because it is a blank after the only value.
     */
    private static Start fitting(Dialect dialect, First first) {
        if (!first.header() && dialect.delimiter() == '\t' && !dialect.delimiterLine()) {
            return new Start(
                    new Dialect(dialect.charset(), dialect.byteOrderMark(), ',', false, dialect.members()), first);
        }
        if (!dialect.charset().equals(WINDOWS_1252) || !first.header()) {
            return new Start(dialect, first);
        }
        List<Role> roles = new ArrayList<>(first.roles());
        roles.add(Role.OTHER);
        Line line = first.line();
        List<Field> marked = with(line.fields(), line.fields().size(), NOT_UTF_8);
        return new Start(dialect, new First(true, roles, new Line(marked, "", line.end())));
    }

    private static Line fitting(Dialect dialect, Line line) {
        List<Field> fields = line.fields().stream()
                .map(field -> new Field(fitting(dialect, field.text()), field.quoted(), field.blanksAfterQuote()))
                .toList();
        return new Line(fields, line.blanks(), line.end());
    }

    /** The text without the characters that the charset does not have. */
    private static String fitting(Dialect dialect, String text) {
        return dialect.charset().equals(WINDOWS_1252)
                ? ALSO_UTF_8
                        .matcher(NOT_WINDOWS_1252.matcher(text).replaceAll(""))
                        .replaceAll("")
                : text;
    }

    private static Arbitrary<Line> lines(Dialect dialect, First first) {
        int width = first.line().size();
        char delimiter = first.line().fields().size() == 1 && !dialect.delimiterLine() ? ',' : dialect.delimiter();
        Arbitrary<String> blanks = Arbitraries.of("", "", " ", "\u00a0", "\u001a", "\u001a\u001a");
        Arbitrary<String> swallowing = RandomValues.swallowing(first.roles().subList(0, width), delimiter);
        return Arbitraries.frequencyOf(
                Tuple.of(
                        12,
                        records(first.roles().stream().map(RandomValues::values).toList(), width)),
                Tuple.of(
                        2,
                        records(
                                first.roles().stream()
                                        .map(role -> Arbitraries.frequencyOf(
                                                Tuple.of(2, RandomValues.values(role)), Tuple.of(1, swallowing)))
                                        .toList(),
                                width)),
                Tuple.of(1, records(Collections.nCopies(first.roles().size(), blanks), width)),
                Tuple.of(1, lineEnds().map(end -> new Line(first.line().fields(), "", end))),
                Tuple.of(1, blankLines("", " ", "\t ", "\u00a0", "\u001a", "\u001a\u001a")));
    }

    /** Records with about as many fields as the first one, and blank or other ones at the end. */
    private static Arbitrary<Line> records(List<Arbitrary<String>> columns, int width) {
        Arbitrary<List<Field>> fields = Combinators.combine(
                        columns.stream().map(RandomCsv::fields).toList())
                .as(values -> values);
        Arbitrary<List<Field>> more = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(List.of())),
                Tuple.of(
                        2,
                        fields(Arbitraries.of("", " ", "\u001a", "\u001a\u001a"))
                                .list()
                                .ofMaxSize(2)),
                Tuple.of(1, fields(RandomValues.any()).list().ofMaxSize(2)));
        Arbitrary<Integer> kept =
                Arbitraries.of(columns.size(), columns.size(), columns.size(), width, Math.max(1, width - 1));
        return Combinators.combine(fields, kept, more, lineEnds())
                .as((all, number, others, end) -> new Line(
                        Stream.concat(all.stream().limit(number), others.stream())
                                .toList(),
                        "",
                        end));
    }

    private static Arbitrary<Line> blankLines(String... blanks) {
        return Combinators.combine(Arbitraries.of(blanks), lineEnds())
                .as((blank, end) -> new Line(List.of(), blank, end));
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
