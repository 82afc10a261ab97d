package com.fuse.users.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** The statements of a resource next to a class. */
final class Sql {

    private Sql() {}

    static String read(String file) throws IOException {
        return read(Sql.class, file);
    }

    static String read(Class<?> beside, String file) throws IOException {
        return new ClassPathResource(file, beside).getContentAsString(StandardCharsets.UTF_8);
    }
}
