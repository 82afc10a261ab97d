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
     * Writes all of {@code content} to a file that is deleted when the program ends.
     *
     * @throws InputException of kind MISSING where the content cannot be read, or not be kept
     */
    static Path of(String name, InputStream content) {
        Path file = create(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                out.write(buffer, 0, n);
            }
            return file;
        } catch (IOException e) {
            throw InputException.missing(
                    name,
                    "cannot be copied to " + file + " (" + e.getMessage()
                            + "); see to it that it can be read and that there is room for a copy of it, and run again.");
        }
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
