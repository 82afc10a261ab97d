package com.fuse.users.input;

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
    private final InputSource source;
    private final DecodedText text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private @Nullable CSVRecord current;
    private long line;

    /** Reads {@code content}, the content of {@code source}. Closing this cursor closes it. */
    CsvRecords(InputSource source, InputStream content, InputDigest digest, char delimiter) {
        this.source = source;
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
     * Moves to the next record and skips lines of blanks.
     *
     * @return false if there is none
     * @throws InputException if the content is not CSV from here on
     */
    boolean advance() {
        do {
            line = parser.getCurrentLineNumber() + 1;
            text.startRecord(line);
            current = next();
        } while (current != null && isBlankLine(current));
        return current != null;
    }

    /** The 1-based line on which the current record starts. */
    long line() {
        return line;
    }

    int size() {
        return record().size();
    }

    /** The field of the current record at the 0-based {@code index}, as written. */
    String field(int index) {
        String field = record().get(index);
        return field == null ? "" : field;
    }

    /** All fields of the current record. */
    List<String> fields() {
        List<String> fields = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
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

    private static boolean isBlankLine(CSVRecord record) {
        if (record.size() > 1) {
            return false;
        }
        String only = record.get(0);
        return only == null || (!only.isEmpty() && Blanks.trim(only).isEmpty());
    }

    private CSVRecord record() {
        if (current == null) {
            throw new IllegalStateException("There is no record before the first or after the last.");
        }
        return current;
    }

    private @Nullable CSVRecord next() {
        try {
            return records.hasNext() ? records.next() : null;
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
