package com.fuse.users.demo;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells a database that has this checkout's migrations from one that has not, without the time that Flyway takes. */
final class MigrationFingerprint {

    private MigrationFingerprint() {}

    /** A digest of the names and contents of all migrations. */
    static String read() throws IOException {
        try {
            Path folder = Path.of(Objects.requireNonNull(MigrationFingerprint.class.getResource("/db/migration"))
                    .toURI());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path migration : migrations(folder)) {
                digest.update(migration.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(migration));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (URISyntaxException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> migrations(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
