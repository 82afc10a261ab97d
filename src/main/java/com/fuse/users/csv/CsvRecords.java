package com.fuse.users.csv;

import com.fuse.users.input.DecodedText;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputException;
import com.fuse.users.input.InputSource;
import com.fuse.users.input.LineCounter;
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
    private final InputSource source;
    private final DecodedText text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final char delimiter;
    private @Nullable CSVRecord current;
    private long line;
    private int size;
    private boolean spansLines;
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
        while (moveToNext()) {
            if (size > 0) {
                spansLines = countLineEnds();
                return true;
            }
            if (isRecord()) {
                blankRecords++;
            }
        }
        return false;
    }

    private boolean moveToNext() {
        line = parser.getCurrentLineNumber() + 1;
        text.startRecord(line);
        current = next();
        size = current == null ? 0 : sizeWithoutBlanks(current);
        return current != null;
    }

    /** The 1-based line on which the current record starts. */
    long line() {
        return line;
    }

    /** The number of fields of the current record, without blank ones at its end. */
    int size() {
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
        return spansLines;
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
                // The parser then returns null for an empty field without quotes: an empty line is no record, but "" is
                // a blank one.
                .setQuoteMode(QuoteMode.ALL_NON_NULL)
                .get();
    }

    /** Whether the current blank record is one at all: an empty line is none, and neither is the end of the file. */
    private boolean isRecord() {
        String first = record().get(0);
        return record().size() > 1 || first != null && !Blanks.isEndOfFile(first);
    }

    private static int sizeWithoutBlanks(CSVRecord record) {
        int size = record.size();
        while (size > 0 && Blanks.areAll(record.get(size - 1))) {
            size--;
        }
        return size;
    }

    /** Whether there is a line end in the current record, which is then counted as one of several lines. */
    private boolean countLineEnds() {
        long ends = 0;
        for (int i = 0; i < size; i++) {
            String field = field(i);
            if (field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0) {
                LineCounter counter = new LineCounter();
                field.chars().forEach(counter::accept);
                ends += counter.line() - 1;
            }
        }
        if (ends > 0 && ++multiLineRecords == 1) {
            firstMultiLineStart = line;
            firstMultiLineEnd = line + ends;
        }
        return ends > 0;
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
