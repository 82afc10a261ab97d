package com.fuse.users.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * The characters of an input, for a parser that by itself would take any amount of text for one record. Refuses what is
 * no text, and a record without an end, naming the line.
 */
final class DecodedText extends Reader {
    static final int RECORD_CHARACTERS = 16 * 1024 * 1024;
    /** Each field of a record costs the parser tens of bytes, also an empty one. */
    static final int RECORD_DELIMITERS = 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int BUFFER_CHARACTERS = 16 * 1024;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final String name;
    private final InputStream in;
    private final InputDigest digest;
    private final char delimiter;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final CharBuffer characters = CharBuffer.allocate(BUFFER_CHARACTERS).limit(0);
    private boolean markPending;
    private boolean bytesEnded;
    private long lineEnds;
    private boolean afterCarriageReturn;
    private long recordLine = 1;
    private long recordCharacters;
    private long recordDelimiters;

    /** Decodes {@code in}, the content of the input {@code name}, and closes it when it is closed itself. */
    DecodedText(String name, InputStream in, InputDigest digest, char delimiter) {
        this.name = name;
        this.in = in;
        this.digest = digest;
        this.delimiter = delimiter;
        decoder = digest.charset().newDecoder();
        markPending = digest.byteOrderMark();
    }

    /**
     * Tells that the parser begins a record on the 1-based {@code line}. The parser reads ahead, so some of that record
     * may have been handed out before: what is counted for a record from here on is at most what it really has.
     */
    void startRecord(long line) {
        recordLine = line;
        recordCharacters = 0;
        recordDelimiters = 0;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        // Whoever asks for more has used up all that was handed out, so it all belongs to records up to this one.
        refuseEndlessRecord();
        if (!characters.hasRemaining() && !decode()) {
            return -1;
        }
        int n = Math.min(length, characters.remaining());
        characters.get(target, offset, n);
        inspect(target, offset, n);
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean decode() throws IOException {
        characters.clear();
        while (characters.position() == 0) {
            CoderResult result = decoder.decode(bytes, characters, bytesEnded);
            if (result.isError()) {
                refuseUndecodable();
            }
            if (characters.position() == 0) {
                if (bytesEnded) {
                    characters.flip();
                    return false;
                }
                fill();
            } else if (markPending) {
                markPending = false;
                characters.flip();
                if (characters.get(0) == BYTE_ORDER_MARK) {
                    characters.get();
                }
                characters.compact();
            }
        }
        characters.flip();
        return true;
    }

    private void fill() throws IOException {
        bytes.compact();
        int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytesEnded = n < 0;
        bytes.position(bytes.position() + Math.max(0, n)).flip();
    }

    private void inspect(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            if (c == delimiter) {
                recordDelimiters++;
            } else if (c == '\r' || (c == '\n' && !afterCarriageReturn)) {
                lineEnds++;
            } else if (c == 0) {
                throw InputException.unreadable(
                        name,
                        lineEnds + 1,
                        "there is a NUL character, so this is not a CSV; save it as CSV in UTF-8 and run again.");
            }
            afterCarriageReturn = c == '\r';
        }
        recordCharacters += length;
    }

    private void refuseUndecodable() {
        char[] before = new char[characters.position()];
        characters.flip().get(before);
        inspect(before, 0, before.length);
        throw InputException.unreadable(
                name,
                lineEnds + 1,
                "there are bytes that are not " + digest.charset() + "; save the file as UTF-8 and run again.");
    }

    private void refuseEndlessRecord() {
        if (recordCharacters > RECORD_CHARACTERS) {
            throw InputException.unreadable(
                    name,
                    recordLine,
                    "the record that starts here has no end within " + RECORD_CHARACTERS
                            + " characters, probably an unclosed quote; close it and run again.");
        }
        if (recordDelimiters > RECORD_DELIMITERS) {
            throw InputException.unreadable(
                    name,
                    recordLine,
                    "the record that starts here holds more than " + RECORD_DELIMITERS
                            + " delimiters, probably an unclosed quote; close it and run again.");
        }
    }
}
