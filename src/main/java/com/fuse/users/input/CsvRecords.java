package com.fuse.users.input;

import com.fuse.users.text.Counts;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/** A cursor over the records of a CSV (RFC 4180), each with the line of the file on which it starts. */
final class CsvRecords implements Closeable {
    private static final char QUOTE = '"';
    /** Systems of old end a file with this control character, once or many times, which may stand on a line of its own. */
    static final char END_OF_FILE = '\u001a';

    private final InputSource source;
    private final DecodedText text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final char delimiter;
    private @Nullable CSVRecord current;
    private long line;
    private long blankRecords;
    private long multiLineRecords;
    private long firstMultiLineStart;
    private long firstMultiLineEnd;

    /** Reads {@code content}, the content of {@code source}. Closing this cursor closes it. */
    CsvRecords(InputSource source, InputStream content, InputDigest digest, char delimiter) {
        this.source = source;
        this.delimiter = delimiter;
        try {
            text = new DecodedText(source.name(), content, digest, delimiter);
            parser = CSVParser.builder()
                    .setReader(text)
                    .setFormat(format(delimiter))
                    .get();
        } catch (IOException e) {
            throw source.cannotBeRead(e);
        }
        records = parser.iterator();
    }

    /**
     * Moves to the next record and skips those of blank fields only.
     *
     * @return false if there is none
     * @throws InputException if the content is not CSV from here on
     */
    boolean advance() {
        do {
            line = parser.getCurrentLineNumber() + 1;
            text.startRecord(line);
            current = next();
        } while (current != null && isBlank());
        if (current != null && spansLines()) {
            if (++multiLineRecords == 1) {
                firstMultiLineStart = line;
                firstMultiLineEnd = line + lineEnds();
            }
        }
        return current != null;
    }

    /** The 1-based line on which the current record starts. */
    long line() {
        return line;
    }

    /** The number of fields of the current record, without blank ones at its end. */
    int size() {
        int size = record().size();
        while (size > 0 && isBlank(field(size - 1))) {
            size--;
        }
        return size;
    }

    /** The field of the current record at the 0-based {@code index}, as written. */
    String field(int index) {
        String field = record().get(index);
        return field == null ? "" : field;
    }

    /** The same field without surrounding blanks; empty if the record does not reach that far. */
    String value(int index) {
        return index < record().size() ? Blanks.trim(field(index)) : "";
    }

    /** Whether the field of the current record at the 0-based {@code index} is in quotes. */
    boolean isQuoted(int index) {
        long position = record().getCharacterPosition();
        for (int i = 0; i < index; i++) {
            position = afterField(position);
        }
        return text.at(position) == QUOTE;
    }

    /** Whether a field of the current record holds a line end. */
    boolean spansLines() {
        CSVRecord record = record();
        for (int i = 0; i < record.size(); i++) {
            String field = record.get(i);
            if (field != null && (field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0)) {
                return true;
            }
        }
        return false;
    }

    /** The line ends within the fields of the current record. */
    private long lineEnds() {
        LineCounter counter = new LineCounter();
        for (String field : fields()) {
            field.chars().forEach(counter::accept);
        }
        return counter.line() - 1;
    }

    /** What the operator should know of the records up to the last one, a sentence each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (multiLineRecords > 0) {
            notes.add("%s over several lines, the first over lines %d to %d"
                    .formatted(
                            multiLineRecords == 1 ? "1 record goes" : Counts.of(multiLineRecords, "record") + " go",
                            firstMultiLineStart,
                            firstMultiLineEnd));
        }
        if (blankRecords > 0) {
            notes.add(Counts.of(blankRecords, "blank record"));
        }
        if (text.endsWithinLine()) {
            notes.add("the last line has no line end, so the file may be cut off; --expect-rows N makes sure");
        }
        return notes;
    }

    /** All fields of the current record. */
    List<String> fields() {
        List<String> fields = new ArrayList<>(record().size());
        for (int i = 0; i < record().size(); i++) {
            fields.add(field(i));
        }
        return fields;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private static CSVFormat format(char delimiter) {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                // The parser then returns null for an empty field without quotes: an empty line is not a row, but "" is
                // one.
                .setQuoteMode(QuoteMode.ALL_NON_NULL)
                .get();
    }

    private boolean isBlank() {
        boolean blank = size() == 0;
        // An empty line is no record at all, and neither is the end of the file.
        String first = record().get(0);
        if (blank && (record().size() > 1 || first != null && !isEndOfFile(first))) {
            blankRecords++;
        }
        return blank;
    }

    private static boolean isBlank(String field) {
        return field.isEmpty() || isEndOfFile(field) || Blanks.trim(field).isEmpty();
    }

    private static boolean isEndOfFile(String field) {
        return !field.isEmpty() && field.chars().allMatch(c -> c == END_OF_FILE);
    }

    /** The position after the field that starts at this position, and after its delimiter. */
    private long afterField(long start) {
        long position = start;
        if (text.at(position) == QUOTE) {
            do {
                position++;
            } while (text.at(position) != QUOTE || text.at(++position) == QUOTE);
        }
        while (text.at(position) != delimiter) {
            position++;
        }
        return position + 1;
    }

    private CSVRecord record() {
        if (current == null) {
            throw new IllegalStateException("There is no record before the first or after the last.");
        }
        return current;
    }

    private @Nullable CSVRecord next() {
        try {
            CSVRecord record = records.hasNext() ? records.next() : null;
            if (record != null) {
                text.forgetBefore(record.getCharacterPosition());
            }
            return record;
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CSVException syntax ? explained(syntax) : source.cannotBeRead(e);
        }
    }

    private InputException explained(CSVException syntax) {
        // Only the text distinguishes the parser's two errors.
        if (String.valueOf(syntax.getMessage()).contains("EOF reached")) {
            return InputException.unreadable(
                    source.name(), line, "a quote is opened and never closed; close it and run again.");
        }
        long end = parser.getCurrentLineNumber();
        String start = end == line ? "" : " of the record that starts on line " + line;
        return InputException.unreadable(
                source.name(),
                end,
                "text follows the closing quote of a field" + start
                        + "; write a quote within a quoted field twice and run again.");
    }
}
