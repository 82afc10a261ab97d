package com.fuse.users.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** The page's style sheet, which its content policy knows by its hash. */
record StyleSheet(String text) {

    /** Reads the sheet; a checkout may have given it line ends that no browser would hash. */
    static StyleSheet load() {
        try (InputStream sheet = Objects.requireNonNull(StyleSheet.class.getResourceAsStream("report.css"))) {
            return new StyleSheet(new String(sheet.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a source of the content policy, without the quotes. */
    String source() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
