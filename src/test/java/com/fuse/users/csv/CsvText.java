package com.fuse.users.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** The text of a CSV while it is written record by record. Counts the line ends so far to know the next line. */
final class CsvText {

    /**
     * The dialect of a file.
     *
     * @param delimiterLine whether the first line states the delimiter
     * @param members those of gzip; 0 without compression
     */
    record Dialect(Charset charset, boolean byteOrderMark, char delimiter, boolean delimiterLine, int members) {}

    /** A field, quoted by choice or because its text requires quotes. */
    record Field(String text, boolean quoted, String blanksAfterQuote) {

        String value() {
            return trimmed(text);
        }

        boolean isBlank() {
            return isEndOfFile(text) || value().isEmpty();
        }
    }

    /** A record or, without fields, a line of these blanks. */
    record Line(List<Field> fields, String blanks, String end) {

        /** The number of fields without blank ones at the end. */
        int size() {
            int size = fields.size();
            while (size > 0 && fields.get(size - 1).isBlank()) {
                size--;
            }
            return size;
        }

        List<String> values() {
            return fields.stream().map(Field::value).toList();
        }
    }

    static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    private static final Pattern LAST_LINE_END = Pattern.compile("(\r\n|\r|\n)\\z");
    private static final String BLANK = "[ \t\\p{Z}\ufeff]*";
    private static final Pattern TRIMMED = Pattern.compile("^" + BLANK + "(.*?)" + BLANK + "$", Pattern.DOTALL);

    private final Dialect dialect;
    private final char delimiter;
    private final StringBuilder text = new StringBuilder();

    /** @param single whether the first record has a single field, which shows no delimiter: the default is a comma */
    CsvText(Dialect dialect, boolean single) {
        this.dialect = dialect;
        this.delimiter = single && !dialect.delimiterLine() ? ',' : dialect.delimiter();
        if (dialect.delimiterLine()) {
            text.append("sep=").append(delimiter).append("\r\n");
        }
    }

    Dialect dialect() {
        return dialect;
    }

    char delimiter() {
        return delimiter;
    }

    /** The 1-based line of what is written next. */
    long line() {
        return 1 + LINE_END.matcher(text).results().count();
    }

    /** Whether there are several lines, and the last one has no end. */
    boolean isCutOff() {
        return line() > 1 && !Pattern.compile("[\r\n\u001a]\\z").matcher(text).find();
    }

    void write(Line line) {
        if (line.fields().isEmpty()) {
            text.append(written(line.blanks()));
        }
        for (int i = 0; i < line.fields().size(); i++) {
            Field field = line.fields().get(i);
            text.append(i == 0 ? "" : delimiter);
            if (isQuoted(field)) {
                text.append('"')
                        .append(field.text().replace("\"", "\"\""))
                        .append('"')
                        .append(written(field.blanksAfterQuote()));
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

    void removeLastLineEnd() {
        Matcher end = LAST_LINE_END.matcher(text);
        text.setLength(end.find() ? end.start() : text.length());
    }

    boolean isQuoted(Field field) {
        String written = field.text();
        return field.quoted()
                || written.startsWith("\"")
                || written.indexOf(delimiter) >= 0
                || LINE_END.matcher(written).find();
    }

    /** Whether nothing is written for the line but its end or the mark of the end of a file. */
    boolean isEmpty(Line line) {
        if (line.fields().isEmpty()) {
            return written(line.blanks()).isEmpty() || isEndOfFile(line.blanks());
        }
        Field first = line.fields().get(0);
        return line.fields().size() == 1
                && (isEndOfFile(first.text()) || first.text().isEmpty() && !isQuoted(first));
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

    static String trimmed(String value) {
        Matcher trimmed = TRIMMED.matcher(value);
        return trimmed.matches() ? trimmed.group(1) : value;
    }

    /** Some programs fill the end of a file with this character. */
    private static boolean isEndOfFile(String text) {
        return text.matches("\u001a+");
    }

    private String written(String blanks) {
        return delimiter == '\t' ? blanks.replace("\t", "") : blanks;
    }
}
