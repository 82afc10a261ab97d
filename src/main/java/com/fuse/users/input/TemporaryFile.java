package com.fuse.users.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps content that can be had only once in a file, because a run reads its input twice. */
final class TemporaryFile {
    private static final int BUFFER_BYTES = 64 * 1024;

    private TemporaryFile() {}

    /**
     * Writes {@code content} to a file that is deleted when the program ends: all of it, or so much that it is known to
     * be no CSV. A device or a pipe may have no end.
     *
     * @throws InputException of kind MISSING where the content cannot be read, or not be kept
     */
    static Path of(String name, InputStream content) {
        Path file = create(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int length = content.readNBytes(buffer, 0, buffer.length);
            boolean mayHoldNul = mayHoldNul(buffer, length);
            while (length > 0) {
                out.write(buffer, 0, length);
                length = mayHoldNul || !holdsNul(buffer, length) ? content.readNBytes(buffer, 0, buffer.length) : 0;
            }
            return file;
        } catch (IOException e) {
            throw InputException.missing(
                    name,
                    "cannot be copied to " + file + " (" + e.getMessage()
                            + "); see to it that it can be read and that there is room for a copy of it, and run again.");
        }
    }

    private static boolean mayHoldNul(byte[] start, int length) {
        boolean compressed = length > 1
                && Byte.toUnsignedInt(start[0]) == GzipMembers.FIRST_MAGIC_BYTE
                && Byte.toUnsignedInt(start[1]) == GzipMembers.SECOND_MAGIC_BYTE;
        return compressed || InputDigest.isWide(InputDigest.markedCharset(start, length));
    }

    private static boolean holdsNul(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static Path create(String name) {
        try {
            Path file = Files.createTempFile("fuse-users-", ".csv");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw InputException.missing(
                    name,
                    "a temporary file is needed for it and cannot be made (" + e.getMessage()
                            + "); name a folder that can be written to with -Djava.io.tmpdir and run again.");
        }
    }
}
