package com.fuse.users.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The result of one pass over the bytes of an input.
 *
 * @param sha256 of the decompressed content; identifies an input regardless of its name. Must not be changed
 * @param charset the encoding of the content
 * @param byteOrderMark whether the content starts with a byte order mark
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole; the array is what the database stores
public record InputDigest(byte[] sha256, Charset charset, boolean byteOrderMark) {
    public static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final int BUFFER_BYTES = 64 * 1024;

    /**
     * Reads all of {@code source}, in memory that does not depend on its size.
     *
     * @throws InputException (65) if the content is empty, binary or damaged gzip; (66) if it cannot be read
     */
    public static InputDigest of(InputSource source) {
        try (InputStream content = source.open()) {
            return of(source.name(), content);
        } catch (IOException e) {
            throw source.cannotBeRead(e);
        }
    }

    /** The digest of an input that is not a file, but is identified by this text. */
    public static byte[] ofText(String text) {
        return DigestUtils.sha256(text);
    }

    private static InputDigest of(String name, InputStream content) throws IOException {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        BOMInputStream bytes = withByteOrderMark(new DigestInputStream(content, sha256), true);
        String mark = bytes.getBOMCharsetName();
        Charset marked = mark == null ? null : Charset.forName(mark);
        byte[] buffer = new byte[BUFFER_BYTES];
        int length = bytes.readNBytes(buffer, 0, buffer.length);
        if (length == 0) {
            throw InputException.unreadable(name, "the file is empty; export it and run again.");
        }
        boolean wide = isWide(bytes.getBOM());
        BinaryCheck binary = new BinaryCheck(name);
        BinaryKind.refuse(name, buffer, length);
        Utf8Check utf8 = new Utf8Check();
        while (length > 0) {
            if (!wide) {
                binary.accept(buffer, length);
            }
            if (marked == null) {
                utf8.accept(buffer, length);
            }
            length = bytes.readNBytes(buffer, 0, buffer.length);
        }
        utf8.end();
        utf8.refuseMistakes(name);
        Charset guessed = utf8.isValid() ? StandardCharsets.UTF_8 : WINDOWS_1252;
        return new InputDigest(sha256.digest(), marked == null ? guessed : marked, marked != null);
    }

    /**
     * Recognizes the byte order mark at the start of a content.
     *
     * @param include whether a reader of the result gets the mark too
     */
    public static BOMInputStream withByteOrderMark(InputStream content, boolean include) throws IOException {
        return BOMInputStream.builder()
                .setInputStream(content)
                .setByteOrderMarks(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
                .setInclude(include)
                .get();
    }

    /** Whether a text that starts with this mark may contain NUL bytes. */
    static boolean isWide(@Nullable ByteOrderMark mark) {
        return ByteOrderMark.UTF_16LE.equals(mark) || ByteOrderMark.UTF_16BE.equals(mark);
    }
}
