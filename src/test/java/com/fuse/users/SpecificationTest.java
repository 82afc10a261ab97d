package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every test that the tables of the specification and of the guarantees name exists. */
class SpecificationTest {

    private static final Path SPECIFICATION = Path.of("..", "shared", "seed", "deactivating-a-user.txt");
    private static final Pattern TEST = Pattern.compile("`([\\w.$]+(?:Test|IT)(?:\\$\\w+)?)(?:#(\\w+))?`");

    @ParameterizedTest
    @ValueSource(strings = {"specification.md", "proofs.md"})
    void everyPromiseNamesExistingTests(String table) throws Exception {
        for (List<String> row : rows(table)) {
            if (row.size() == 1) {
                continue;
            }
            List<MatchResult> tests = TEST.matcher(row.get(3)).results().toList();
            assertThat(tests).as(row.get(0)).isNotEmpty();
            for (MatchResult named : tests) {
                Class<?> type = Class.forName("com.fuse.users." + named.group(1));
                if (named.group(2) != null) {
                    assertThat(type.getDeclaredMethods())
                            .extracting("name")
                            .as(named.group())
                            .contains(named.group(2));
                }
            }
        }
    }

    /** Skipped if the specification is not next to the checkout. */
    @Test
    void everySentenceIsInTheTable() throws IOException {
        assumeThat(SPECIFICATION).exists();
        String left = Files.readString(SPECIFICATION).replaceAll("[\\s\\u00a0]+", " ");
        List<String> sentences = rows("specification.md").stream()
                .map(row -> row.get(0))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String sentence : sentences) {
            assertThat(left).contains(sentence);
            left = left.replaceFirst(Pattern.quote(sentence), " ");
        }
        assertThat(left.replaceAll("•|\\d\\.|\\s", "")).isEmpty();
    }

    private static List<List<String>> rows(String table) throws IOException {
        return Files.readAllLines(Path.of("src/test/resources").resolve(table)).stream()
                .filter(line -> line.startsWith("| ") && !line.matches("\\| (sentence|promise) \\|.*"))
                .map(line -> Arrays.stream(line.split("\\|"))
                        .map(String::strip)
                        .skip(1)
                        .toList())
                .toList();
    }
}
