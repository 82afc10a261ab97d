package com.fuse.users.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.core.io.ClassPathResource;

/** The page's style sheet. The page's content policy names it by its hash. */
record StyleSheet(String text) {

    /** Reads the style sheet. A checkout can have line ends that a browser does not hash. */
    static StyleSheet load() {
        try {
            return new StyleSheet(new ClassPathResource("report.css", StyleSheet.class)
                    .getContentAsString(StandardCharsets.UTF_8)
                    .replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a source of the content policy, without the quotes. */
    String source() {
        return "sha256-" + Base64.getEncoder().encodeToString(DigestUtils.sha256(text));
    }
}
