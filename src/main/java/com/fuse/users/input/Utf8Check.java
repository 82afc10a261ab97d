package com.fuse.users.input;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Checks whether content is valid UTF-8, while it is read. */
final class Utf8Check {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer discarded = CharBuffer.allocate(64 * 1024);
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    private boolean valid = true;

    void accept(byte[] buffer, int length) {
        if (!valid) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(undecoded.remaining() + length);
        bytes.put(undecoded).put(buffer, 0, length).flip();
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            discarded.clear();
            result = decoder.decode(bytes, discarded, false);
        }
        valid = !result.isError();
        undecoded = bytes;
    }

    /** Whether everything accepted so far is valid and ends with a whole character. */
    boolean isValid() {
        return valid && !undecoded.hasRemaining();
    }
}
