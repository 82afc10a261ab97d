package com.fuse.users.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The statements of a file beside this class. */
final class Sql {

    private Sql() {}

    static String read(String file) {
        return read(Sql.class, file);
    }

    static String read(Class<?> beside, String file) {
        try (InputStream resource = Objects.requireNonNull(beside.getResourceAsStream(file))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
