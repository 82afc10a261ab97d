package com.fuse.users.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * The characters of an input, for a parser that has no limit for the size of a record. Refuses content that is not text
 * and a record without an end. The message names the line.
 */
public final class DecodedText extends Reader {
    static final int RECORD_CHARACTERS = 16 * 1024 * 1024;
    /** Each field of a record, even an empty one, takes tens of bytes in the parser. */
    static final int RECORD_DELIMITERS = 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int BUFFER_CHARACTERS = 16 * 1024;
    /** Forgetting more at a time is cheaper than forgetting each record. */
    private static final int MIN_FORGOTTEN_CHARACTERS = 64 * 1024;

    private final String name;
    private final InputStream in;
    private final InputDigest digest;
    private final char delimiter;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final CharBuffer characters = CharBuffer.allocate(BUFFER_CHARACTERS).limit(0);
    private final LineCounter lines = new LineCounter();
    private boolean bytesEnded;
    private long recordLine = 1;
    private long recordCharacters;
    private long recordDelimiters;
    /** The characters from {@link #rememberedFrom} on. */
    private final StringBuilder remembered = new StringBuilder();

    private long rememberedFrom;

    /** Decodes {@code in}, the content of the input {@code name}. Closing this reader closes it. */
    public DecodedText(String name, InputStream in, InputDigest digest, char delimiter) throws IOException {
        this.name = name;
        this.in = InputDigest.withByteOrderMark(in, false);
        this.digest = digest;
        this.delimiter = delimiter;
        decoder = digest.charset().newDecoder();
    }

    /**
     * The parser begins a record on the 1-based {@code line}. The parser reads ahead, so it may have a part of that
     * record already: the count from here on is at most the size of the record.
     */
    public void startRecord(long line) {
        recordLine = line;
        recordCharacters = 0;
        recordDelimiters = 0;
    }

    /** Forgets the characters before this 0-based position, at the latest when there are many. */
    public void forgetBefore(long position) {
        int length = Math.toIntExact(position - rememberedFrom);
        if (length > MIN_FORGOTTEN_CHARACTERS) {
            remembered.delete(0, length);
            rememberedFrom = position;
        }
    }

    /** The character at this 0-based position, which must not be forgotten; a line feed after the last one. */
    public char at(long position) {
        int index = Math.toIntExact(position - rememberedFrom);
        return index < remembered.length() ? remembered.charAt(index) : '\n';
    }

    /** Whether the text has several lines, and the last one has no line end. Reliable at the end of the text. */
    public boolean endsWithinLine() {
        return lines.line() > 1 && lines.isWithinLine();
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        // The parser asks for more only if it has used everything so far, so all of it belongs to records up to this
        // one.
        refuseEndlessRecord();
        if (!characters.hasRemaining() && !decode()) {
            return -1;
        }
        int n = Math.min(length, characters.remaining());
        characters.get(target, offset, n);
        inspect(target, offset, n);
        remembered.append(target, offset, n);
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
            }
            lines.accept(c);
            if (c == 0) {
                throw InputException.unreadable(
                        name,
                        lines.line(),
                        "there is a NUL character, so this is not a CSV; save it as CSV in UTF-8 and run again.");
            }
        }
        recordCharacters += length;
    }

    private void refuseUndecodable() {
        char[] before = new char[characters.position()];
        characters.flip().get(before);
        inspect(before, 0, before.length);
        throw InputException.unreadable(
                name,
                lines.line(),
                "the byte 0x%02X does not belong to a text in %s; save the file as UTF-8 and run again."
                        .formatted(bytes.get(bytes.position()), digest.charset()));
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
