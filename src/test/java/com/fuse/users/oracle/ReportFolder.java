package com.fuse.users.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.oracle.RunRecord.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The report folder of a run, compared with the expected run and the recorded outcomes. */
final class ReportFolder {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path folder;

    ReportFolder(Program program, long run) {
        this.folder = program.reportDir().resolve("run-" + run);
    }

    void checkNone() {
        assertThat(folder).doesNotExist();
    }

    /** {@code outcomes.csv}: every row as recorded, and its drift from the plan. */
    void checkOutcomes(List<Recorded> recorded, ExpectedRun expectedRun, @Nullable ExpectedRun plan) {
        List<List<String>> expected = new ArrayList<>();
        expected.add(columns("line input user_id outcome community_ids message", plan == null ? "" : " drift"));
        for (Recorded row : recorded) {
            List<String> cells = new ArrayList<>(List.of(
                    String.valueOf(row.line()),
                    defused(row.input()),
                    Objects.toString(row.userId(), ""),
                    row.outcome(),
                    Objects.toString(row.communityIds(), ""),
                    defused(Objects.toString(row.message(), ""))));
            if (plan != null) {
                String planned = outcome(plan, row.line());
                cells.add(planned.equals(outcome(expectedRun, row.line())) ? "" : "planned " + planned);
            }
            expected.add(cells);
        }
        assertThat(read("outcomes.csv")).isEqualTo(expected);
    }

    /** {@code skipped.csv}: the skips. The first column names only the user of the row. */
    void checkSkipped(List<Recorded> recorded, ExpectedRun expectedRun) {
        List<List<String>> expected = new ArrayList<>();
        for (Recorded row : recorded) {
            if (expectedOutcome(expectedRun, row.line()).isSkip()) {
                expected.add(List.of(
                        String.valueOf(row.line()),
                        row.outcome(),
                        Objects.toString(row.communityIds(), ""),
                        defused(Objects.toString(row.message(), ""))));
            }
        }
        List<List<String>> skipped = read("skipped.csv");
        assertThat(skipped.get(0)).startsWith("user_id", "line", "outcome", "community_ids", "message");
        List<List<String>> rows = skipped.subList(1, skipped.size());
        assertThat(rows.stream().map(cells -> cells.subList(1, 5)).toList()).isEqualTo(expected);
        for (List<String> cells : rows) {
            ExpectedOutcome outcome = expectedOutcome(expectedRun, Long.parseLong(cells.get(1)));
            String named = Objects.toString(outcome.userId(), "");
            assertThat(cells.get(0))
                    .as("user_id in skipped.csv, of %s", outcome)
                    .isIn(named.isEmpty() ? List.of("", defused(outcome.input())) : List.of(named));
        }
    }

    /** {@code removed-memberships.csv}; a plan removes none. */
    void checkRemovedMemberships(ExpectedRun expectedRun, boolean dryRun) {
        List<List<String>> expected = new ArrayList<>();
        expected.add(List.of("user_id", "community_id"));
        if (!dryRun) {
            expectedRun
                    .removedMemberships()
                    .forEach(membership -> expected.add(List.of(
                            String.valueOf(membership.id("user_id")), String.valueOf(membership.id("community_id")))));
        }
        assertThat(read("removed-memberships.csv")).isEqualTo(expected);
    }

    /** The figures of {@code summary.json}. */
    void checkSummary(ExpectedRun expectedRun, boolean dryRun, int exit, @Nullable ExpectedRun plan) {
        Map<String, @Nullable Object> summary =
                JSON.readValue(text("summary.json"), new TypeReference<Map<String, @Nullable Object>>() {});
        Map<String, @Nullable Object> expected = new HashMap<>();
        expected.put("dry_run", dryRun);
        expected.put("exit_code", exit);
        expected.put("rows", expectedRun.byLine().size());
        expected.put("outcomes", strings(expectedRun.outcomes()));
        expected.put("skips", (int) expectedRun.byLine().values().stream()
                .filter(ExpectedOutcome::isSkip)
                .count());
        expected.put("deleted_rows", strings(expectedRun.deleted()));
        expected.put("added_rows", strings(expectedRun.added()));
        expected.put(
                "drift",
                plan == null
                        ? null
                        : (int) expectedRun.byLine().keySet().stream()
                                .filter(line -> !outcome(plan, line).equals(outcome(expectedRun, line)))
                                .count());
        Map<String, @Nullable Object> actual = new HashMap<>(summary);
        actual.keySet().retainAll(expected.keySet());
        List.of("outcomes", "deleted_rows", "added_rows")
                .forEach(figures ->
                        actual.put(figures, strings((Map<?, ?>) Objects.requireNonNull(actual.get(figures)))));
        assertThat(actual).isEqualTo(expected);
    }

    /** Steps without rows may be reported as 0 or left out. */
    private static Map<String, String> strings(Map<?, ?> figures) {
        Map<String, String> strings = new TreeMap<>();
        figures.forEach((name, figure) -> strings.put(name.toString(), figure.toString()));
        strings.values().removeIf("0"::equals);
        return strings;
    }

    /** "Cells that a spreadsheet would run as a formula are defused." */
    private static String defused(String cell) {
        return cell.matches("(?s)[=+\\-@\t\r].*") ? "'" + cell : cell;
    }

    private static String outcome(ExpectedRun expectedRun, long line) {
        return expectedOutcome(expectedRun, line).outcome();
    }

    private static ExpectedOutcome expectedOutcome(ExpectedRun expectedRun, long line) {
        return Objects.requireNonNull(expectedRun.byLine().get(line));
    }

    private static List<String> columns(String names, String more) {
        return List.of((names + more).split(" "));
    }

    private List<List<String>> read(String file) {
        try (CSVParser records = CSVParser.parse(text(file), CSVFormat.RFC4180)) {
            return records.stream().map(CSVRecord::toList).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
