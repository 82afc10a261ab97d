package com.fuse.users.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The essential words of a message. The cases do not depend on its full sentences. */
final class Words {

    private Words() {}

    /** Asserts that the text has each of these words, in any case. */
    static void require(String text, String... words) {
        assertThat(missing(text, words))
                .as("words that are missing in: %s", text)
                .isEmpty();
    }

    /** The words that the text does not have. A number or name within a longer one is not the word, but
     * a plural is. */
    static List<String> missing(String text, String... words) {
        return Stream.of(words)
                .filter(word -> !Pattern.compile(
                                "(?<![\\p{L}\\p{N}_])" + Pattern.quote(word) + "s?(?![\\p{L}\\p{N}_])",
                                Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .find())
                .toList();
    }
}
