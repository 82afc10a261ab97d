package com.fuse.users.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV that is written record by record, and the rows that the contract requires a reader to read from it. This model
 * shares no code with the reader. It counts the line ends before a record to know its line.
 */
final class CsvModel {

    /** The dialect of a file. Members are those of gzip; 0 without compression. */
    record Dialect(Charset charset, boolean byteOrderMark, char delimiter, int members) {}

    /** A field, quoted by choice or because its text requires quotes. */
    record Field(String text, boolean quoted, String blanksAfterQuote) {}

    /** A record or, without fields, a line of these blanks. */
    record Line(List<Field> fields, String blanks, String end) {}

    /** The first record. Without a header its fields are values, and the first one consists of digits. */
    record First(boolean header, Identifier identifier, int idIndex, Line line) {}

    /** A row that must be read; the user ID has no upper bound and is null if none is written. */
    record Row(long line, String value, @Nullable BigInteger userId, RowResult result) {}

    /** The result of a row, identified by words of its problem. */
    enum RowResult {
        FINE(""),
        TOO_MANY_FIELDS(" fields, but the "),
        OVERSIZED("has a field of more than 65536 bytes"),
        THOUSANDS("may be one number with thousands separators"),
        EMPTY("has no "),
        NO_USER_ID(" is not a whole number from 1 to ");

        private final String words;

        RowResult(String words) {
            this.words = words;
        }

        static RowResult of(@Nullable String problem) {
            return problem == null
                    ? FINE
                    : Stream.of(values())
                            .filter(result -> result != FINE && problem.contains(result.words))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(problem));
        }
    }

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final String BLANK = "[ \t\\p{Z}\ufeff]*";
    private static final Pattern TRIMMED = Pattern.compile("^" + BLANK + "(.*?)" + BLANK + "$", Pattern.DOTALL);
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern THOUSANDS = Pattern.compile("[0-9]{1,3}(,[0-9]{3})+");
    private static final BigInteger LARGEST = new BigInteger("9223372036854775807");
    private static final int LARGEST_FIELD = 65_536;
    private static final int LONGEST_KEPT = 256;

    private final Dialect dialect;
    private final First first;
    private final char delimiter;
    private final StringBuilder text = new StringBuilder();
    private final List<Row> rows = new ArrayList<>();

    CsvModel(Dialect dialect, List<Line> blanksBefore, First first, List<Line> lines, boolean lastLineEnds) {
        this.dialect = dialect;
        this.first = first;
        // A single column shows no delimiter; the default is a comma.
        this.delimiter = first.line().fields().size() == 1 ? ',' : dialect.delimiter();
        blanksBefore.forEach(this::write);
        if (!first.header()) {
            expect(first.line());
        }
        write(first.line());
        for (Line line : lines) {
            expect(line);
            write(line);
        }
        if (!lastLineEnds) {
            Matcher end = Pattern.compile("(\r\n|\r|\n)$").matcher(text);
            text.setLength(end.find() ? end.start() : text.length());
        }
    }

    List<Row> rows() {
        return rows;
    }

    char delimiter() {
        return delimiter;
    }

    First first() {
        return first;
    }

    Dialect dialect() {
        return dialect;
    }

    byte[] bytes() {
        byte[] content = ((dialect.byteOrderMark() ? "\ufeff" : "") + text).getBytes(dialect.charset());
        if (dialect.members() == 0) {
            return content;
        }
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int i = 0; i < dialect.members(); i++) {
            int start = content.length * i / dialect.members();
            int end = content.length * (i + 1) / dialect.members();
            try (GZIPOutputStream member = new GZIPOutputStream(members)) {
                member.write(content, start, end - start);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return members.toByteArray();
    }

    /** For the reader of a counterexample. */
    @Override
    public String toString() {
        String shown = text.length() < 1_000 ? text.toString() : text.substring(0, 1_000) + "…";
        return dialect + " \"" + shown.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t") + "\"";
    }

    private void write(Line line) {
        if (line.fields().isEmpty()) {
            text.append(delimiter == '\t' ? line.blanks().replace("\t", "") : line.blanks());
        }
        for (int i = 0; i < line.fields().size(); i++) {
            Field field = line.fields().get(i);
            text.append(i == 0 ? "" : delimiter);
            if (isQuoted(field)) {
                text.append('"')
                        .append(field.text().replace("\"", "\"\""))
                        .append('"')
                        .append(field.blanksAfterQuote());
            } else {
                text.append(field.text());
            }
        }
        // A carriage return followed by a line feed would be one line end instead of two.
        boolean completes = text.length() > 0
                && text.charAt(text.length() - 1) == '\r'
                && line.end().startsWith("\n");
        text.append(completes ? "\r" : line.end());
    }

    private boolean isQuoted(Field field) {
        String written = field.text();
        return field.quoted()
                || written.startsWith("\"")
                || written.indexOf(delimiter) >= 0
                || LINE_END.matcher(written).find();
    }

    private void expect(Line line) {
        List<String> fields = line.fields().stream().map(Field::text).toList();
        if (fields.isEmpty() || (fields.size() == 1 && isBlankLine(line.fields().get(0)))) {
            return;
        }
        long number = 1 + LINE_END.matcher(text).results().count();
        String whole = String.join(String.valueOf(delimiter), fields);
        String value = first.idIndex() < fields.size() ? trimmed(fields.get(first.idIndex())) : "";
        if (fields.size() > first.line().fields().size()) {
            rows.add(new Row(number, kept(whole), null, RowResult.TOO_MANY_FIELDS));
        } else if (fields.stream().anyMatch(CsvModel::isOversized)) {
            rows.add(new Row(number, isOversized(value) ? kept(value) : value, null, RowResult.OVERSIZED));
        } else if (isOneNumber(fields)) {
            rows.add(new Row(number, kept(whole), null, RowResult.THOUSANDS));
        } else if (value.isEmpty()) {
            rows.add(new Row(number, value, null, RowResult.EMPTY));
        } else if (first.identifier() != Identifier.USER_ID) {
            rows.add(new Row(number, value, null, RowResult.FINE));
        } else {
            BigInteger id = DIGITS.matcher(value).matches() ? new BigInteger(value) : BigInteger.ZERO;
            boolean spelled = id.signum() > 0 && id.compareTo(LARGEST) <= 0;
            rows.add(new Row(number, value, spelled ? id : null, spelled ? RowResult.FINE : RowResult.NO_USER_ID));
        }
    }

    private boolean isBlankLine(Field only) {
        return only.text().isEmpty() ? !only.quoted() : trimmed(only.text()).isEmpty();
    }

    private boolean isOneNumber(List<String> fields) {
        List<String> groups = fields.stream().map(CsvModel::trimmed).toList();
        return !first.header()
                && delimiter == ','
                && groups.stream().allMatch(group -> DIGITS.matcher(group).matches())
                && THOUSANDS.matcher(String.join(",", groups)).matches();
    }

    private static boolean isOversized(String field) {
        return field.getBytes(StandardCharsets.UTF_8).length > LARGEST_FIELD;
    }

    private static String kept(String value) {
        return value.length() <= LONGEST_KEPT ? value : value.substring(0, LONGEST_KEPT) + "…";
    }

    private static String trimmed(String value) {
        Matcher trimmed = TRIMMED.matcher(value);
        return trimmed.matches() ? trimmed.group(1) : value;
    }
}
