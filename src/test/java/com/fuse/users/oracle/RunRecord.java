package com.fuse.users.oracle;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outcomes of a run in the database, compared with the expected run. */
final class RunRecord {

    private static final String OUTCOMES = """
            select line, r.input, o.user_id, o.outcome, array_to_string(o.community_ids, ';') as community_ids,
                   o.message, (extract(epoch from o.decided_at) * 1000000)::bigint as decided
            from fuse_batch.run_rows r
            full join fuse_batch.run_outcomes o using (run_id, line)
            where run_id = ?
            order by line
            """;

    /**
     * A row with its outcome.
     *
     * @param decided in microseconds since 1970
     */
    record Recorded(
            long line,
            String input,
            @Nullable Long userId,
            String outcome,
            @Nullable String communityIds,
            @Nullable String message,
            long decided) {}

    private final JdbcClient jdbc;
    private final long run;

    RunRecord(Program program, long run) {
        this.jdbc = JdbcClient.create(program.owner());
        this.run = run;
    }

    /** A refused run has no chunks. */
    void checkRefused() {
        assertThat(jdbc.sql("select count(*) from fuse_batch.run_chunks where run_id = ?")
                        .param(run)
                        .query(Long.class)
                        .single())
                .as("chunks of a run that was refused")
                .isZero();
    }

    /** What the operator is told of the records that are no rows. */
    void checkNotes(Input input) {
        List<String> expected = new ArrayList<>();
        if (input.blankRecords() > 0) {
            expected.add(input.blankRecords() == 1 ? "1 blank record" : input.blankRecords() + " blank records");
        }
        if (input.repeatedHeadings() > 0) {
            expected.add(
                    input.repeatedHeadings() == 1
                            ? "1 repeated heading"
                            : input.repeatedHeadings() + " repeated headings");
        }
        assertThat(jdbc.sql("select unnest(input_notes) from fuse_batch.runs where id = ?")
                        .param(run)
                        .query(String.class)
                        .list())
                .as("notes on the input")
                .isEqualTo(expected);
    }

    /** The rows in the order of the file. */
    List<Recorded> read() {
        return jdbc.sql(OUTCOMES).param(run).query(Recorded.class).list();
    }

    /** Returns the rows after comparing them with the expected run. */
    List<Recorded> check(ExpectedRun expectedRun) {
        List<Recorded> recorded = read();
        List<String> expected = new ArrayList<>();
        expectedRun
                .byLine()
                .forEach((line, outcome) -> expected.add(describe(
                        line,
                        outcome.input(),
                        outcome.userId(),
                        outcome.outcome(),
                        outcome.communityIds().stream().map(String::valueOf).collect(joining(";")))));
        assertThat(recorded.stream()
                        .map(row -> describe(
                                row.line(),
                                row.input(),
                                row.userId(),
                                row.outcome(),
                                Objects.toString(row.communityIds(), "")))
                        .toList())
                .as("rows and their outcomes")
                .isEqualTo(expected);
        for (Recorded row : recorded) {
            checkMessage(row, Objects.requireNonNull(expectedRun.byLine().get(row.line())));
            assertThat(row.decided())
                    .as("time of the decision of line %d", row.line())
                    .isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, expectedRun.at()));
        }
        return recorded;
    }

    private static void checkMessage(Recorded row, ExpectedOutcome outcome) {
        String message = row.message();
        if (outcome.named().isEmpty()) {
            assertThat(message).as("message of line %d", row.line()).isNull();
        }
        for (Object named : outcome.named()) {
            assertThat(message)
                    .as("message of line %d", row.line())
                    .containsPattern("(?<!\\w)" + Pattern.quote(shown(named)) + "(?!\\w)");
        }
    }

    /** Messages give times to the second. */
    private static String shown(Object named) {
        return named instanceof Instant moment
                ? moment.truncatedTo(ChronoUnit.SECONDS).toString()
                : named.toString();
    }

    private static String describe(
            long line, String input, @Nullable Long userId, String outcome, String communityIds) {
        return "line %d, '%s', user %s: %s, communities [%s]".formatted(line, input, userId, outcome, communityIds);
    }
}
