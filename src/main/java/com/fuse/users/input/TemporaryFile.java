package com.fuse.users.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.input.BOMInputStream;

/** Copies content that can be read only once into a file, because a run reads its input several times. */
final class TemporaryFile {
    private static final int BUFFER_BYTES = 64 * 1024;

    private TemporaryFile() {}

    /**
     * Copies {@code content} to a file that is deleted when the program ends. Stops as soon as the content cannot be a
     * CSV, because a device or a pipe may have no end.
     *
     * @throws InputException (66) if the content cannot be read or copied
     */
    static Path of(String name, InputStream content) {
        Path file = create(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            BOMInputStream bytes = InputDigest.withByteOrderMark(content, true);
            boolean wide = InputDigest.isWide(bytes.getBOM());
            int length = bytes.readNBytes(buffer, 0, buffer.length);
            boolean mayHoldNul = wide || isCompressed(buffer, length);
            while (length > 0) {
                out.write(buffer, 0, length);
                length = mayHoldNul || !holdsNul(buffer, length) ? bytes.readNBytes(buffer, 0, buffer.length) : 0;
            }
            return file;
        } catch (IOException e) {
            throw InputException.missing(
                    name,
                    "cannot be copied to " + file + " (" + e.getMessage()
                            + "); check that it can be read and that there is room for a copy, and run again.");
        }
    }

    private static boolean isCompressed(byte[] start, int length) {
        return length > 1
                && Byte.toUnsignedInt(start[0]) == GzipMembers.FIRST_MAGIC_BYTE
                && Byte.toUnsignedInt(start[1]) == GzipMembers.SECOND_MAGIC_BYTE;
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
                    "cannot be copied, because a temporary file cannot be created (" + e.getMessage()
                            + "); name a writable folder with -Djava.io.tmpdir and run again.");
        }
    }
}
