package com.fuse.users.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A command that has ended, and its last run.
 *
 * @param before every user before the command
 */
record CaseRun(Cases cases, FuseUsers.Result result, long number, List<String> before) {

    CaseRun exits(int expected) {
        result.exits(expected);
        return this;
    }

    /** Asserts that the command ended with this code and one line with these words, and changed no user. */
    CaseRun refused(int exit, String... words) {
        exits(exit);
        assertThat(result.err().lines()).hasSize(1);
        Words.require(cases.withoutPaths(result.err()), words);
        return changesNobody();
    }

    /** Asserts that the line on standard error does not recommend an option that would lose a row. */
    CaseRun doesNotRecommend(String option) {
        assertThat(result.err()).isNotEmpty().doesNotContain(option);
        return this;
    }

    CaseRun changesNobody() {
        assertThat(cases.users()).isEqualTo(before);
        return this;
    }

    /**
     * Asserts every row of {@code outcomes.csv}, each as user ID, line and outcome. A user ID that ends with a question
     * mark may be missing: whether the outcome records its user is left open.
     */
    CaseRun outcomes(String... expected) {
        List<String> actual = cells("outcomes.csv", "user_id", "line", "outcome");
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            String row = expected[i].replace("?", "");
            String withoutUser = row.substring(row.indexOf(','));
            boolean mayBeWithout = expected[i].contains("?") && i < actual.size();
            wanted.add(mayBeWithout && actual.get(i).equals(withoutUser) ? withoutUser : row);
        }
        assertThat(actual).isEqualTo(wanted);
        return this;
    }

    /** Asserts which users are inactive now. */
    CaseRun inactive(long... expected) {
        assertThat(cases.world().texts("select u.id::text from users u where not u.active order by u.id"))
                .isEqualTo(LongStream.of(expected)
                        .sorted()
                        .mapToObj(String::valueOf)
                        .toList());
        return this;
    }

    /** Asserts that the message of the row on this line has these words. */
    CaseRun message(long line, String... words) {
        Words.require(message(line), words);
        return this;
    }

    /** The message of the row on this line. */
    String message(long line) {
        return records("outcomes.csv").stream()
                .filter(row -> row.get("line").equals(String.valueOf(line)))
                .map(row -> row.get("message"))
                .collect(Collectors.joining("\n"));
    }

    /** Asserts that one printed line has all of these words. */
    CaseRun prints(String... words) {
        assertThat(result.out().lines().map(cases::withoutPaths))
                .as("a line with %s", Arrays.toString(words))
                .anySatisfy(line -> Words.require(line, words));
        return this;
    }

    /** Asserts that no printed line has this word. */
    CaseRun doesNotPrint(String word) {
        assertThat(result.out().lines()).isNotEmpty().noneMatch(line -> Words.missing(line, word)
                .isEmpty());
        return this;
    }

    /** Asserts that the report for people has each of these words. */
    CaseRun reports(String... words) {
        Words.require(text("report.html"), words);
        return this;
    }

    /** Runs {@code skipped.csv} as it is, and asserts that none of its rows changes a user. */
    CaseRun skipsChangeNobodyIfRunAgain() {
        CaseRun again = cases.skipsOf(this).deactivate();
        assertThat(again.result().exit()).isIn(0, 4, 65);
        again.changesNobody();
        return this;
    }

    /** The rows of a CSV of the report, each as the values of these columns. */
    List<String> cells(String file, String... columns) {
        return records(file).stream()
                .map(row -> Stream.of(columns).map(row::get).collect(Collectors.joining(",")))
                .toList();
    }

    /** The lines of a file of the report. */
    List<String> lines(String file) {
        return text(file).lines().toList();
    }

    private List<CSVRecord> records(String file) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser records = CSVParser.parse(text(file), format)) {
            return records.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String file) {
        try {
            return Files.readString(cases.report(number, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
