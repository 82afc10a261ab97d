package com.fuse.users.input;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Checks whether content is valid UTF-8, while it is read. Content that holds at least as many valid characters beyond
 * ASCII as invalid bytes is UTF-8 with mistakes, not text in another encoding.
 */
final class Utf8Check {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(64 * 1024);
    private final LineCounter lines = new LineCounter();
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    private long charactersBeyondAscii;
    private long invalidBytes;
    private long firstInvalidLine;
    private int firstInvalidByte;

    void accept(byte[] buffer, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(undecoded.remaining() + length);
        bytes.put(undecoded).put(buffer, 0, length).flip();
        undecoded = bytes;
        decode(false);
    }

    /** Must be called after the last {@link #accept}. */
    void end() {
        decode(true);
    }

    /** Whether all content is valid. */
    boolean isValid() {
        return invalidBytes == 0;
    }

    /** @throws InputException if the content of the input {@code name} is UTF-8 with mistakes */
    void refuseMistakes(String name) {
        if (invalidBytes > 0 && charactersBeyondAscii >= invalidBytes) {
            throw InputException.unreadable(
                    name,
                    firstInvalidLine,
                    "the byte 0x%02X is not UTF-8, but the text around it is; correct it, or save the file as UTF-8, and run again."
                            .formatted(firstInvalidByte));
        }
    }

    private void decode(boolean end) {
        CoderResult result = CoderResult.OVERFLOW;
        while (!result.isUnderflow()) {
            decoded.clear();
            result = decoder.decode(undecoded, decoded, end);
            count();
            if (result.isError()) {
                if (invalidBytes == 0) {
                    firstInvalidLine = lines.line();
                    firstInvalidByte = undecoded.get(undecoded.position()) & 0xff;
                }
                invalidBytes += result.length();
                undecoded.position(undecoded.position() + result.length());
            }
        }
    }

    private void count() {
        for (int i = 0; i < decoded.position(); i++) {
            char c = decoded.get(i);
            if (c > '\u007f') {
                charactersBeyondAscii++;
            }
            if (invalidBytes == 0) {
                lines.accept(c);
            }
        }
    }
}
