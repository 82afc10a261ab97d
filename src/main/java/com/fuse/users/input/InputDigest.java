package com.fuse.users.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over the bytes of an input tells.
 *
 * @param sha256 of the decompressed content: identifies an input whatever it is called. Not to be changed
 * @param charset what to decode the content by
 * @param byteOrderMark whether the content starts with one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole; the array is what the database stores
public record InputDigest(byte[] sha256, Charset charset, boolean byteOrderMark) {
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final int BUFFER_BYTES = 64 * 1024;

    /**
     * Reads all of {@code source}, in memory that does not depend on its size.
     *
     * @throws InputException of kind UNREADABLE where the content is empty, binary or damaged gzip; of kind MISSING
     *     where it cannot be read
     */
    public static InputDigest of(InputSource source) {
        try (InputStream content = source.open()) {
            return of(source.name(), content);
        } catch (IOException e) {
            throw source.cannotBeRead(e);
        }
    }

    /** The SHA-256 by which an input is known that is no file, but can be named by this text. */
    public static byte[] ofText(String text) {
        return newSha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A digest of the kind that {@link #sha256} is the result of. */
    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static InputDigest of(String name, InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int length = content.readNBytes(buffer, 0, buffer.length);
        if (length == 0) {
            throw InputException.unreadable(name, "there is nothing in it; write it again and run again.");
        }
        Charset marked = markedCharset(buffer, length);
        boolean wide = isWide(marked);
        BinaryCheck binary = new BinaryCheck(name);
        binary.refuseArchive(buffer, length);
        Utf8Check utf8 = new Utf8Check();
        MessageDigest sha256 = newSha256();
        while (length > 0) {
            sha256.update(buffer, 0, length);
            if (!wide) {
                binary.accept(buffer, length);
            }
            if (marked == null) {
                utf8.accept(buffer, length);
            }
            length = content.readNBytes(buffer, 0, buffer.length);
        }
        Charset guessed = utf8.isValid() ? StandardCharsets.UTF_8 : WINDOWS_1252;
        return new InputDigest(sha256.digest(), marked == null ? guessed : marked, marked != null);
    }

    /** Whether NUL bytes are to be expected in a text of this encoding. */
    static boolean isWide(@Nullable Charset charset) {
        return StandardCharsets.UTF_16LE.equals(charset) || StandardCharsets.UTF_16BE.equals(charset);
    }

    /** The charset of the byte order mark at the start of a content; null where there is none. */
    static @Nullable Charset markedCharset(byte[] start, int length) {
        int first = length > 0 ? Byte.toUnsignedInt(start[0]) : 0;
        int second = length > 1 ? Byte.toUnsignedInt(start[1]) : 0;
        int third = length > 2 ? Byte.toUnsignedInt(start[2]) : 0;
        if (first == 0xef && second == 0xbb && third == 0xbf) {
            return StandardCharsets.UTF_8;
        }
        if (first == 0xff && second == 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        return first == 0xfe && second == 0xff ? StandardCharsets.UTF_16BE : null;
    }
}
