package com.fuse.users.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.oracle.Action.Deactivate;
import com.fuse.users.oracle.Action.InputTask;
import com.fuse.users.oracle.Input.By;
import com.fuse.users.oracle.Input.InputRow;
import com.fuse.users.oracle.RunRecord.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The report folder of a run, compared with the expected run and the recorded outcomes. */
final class ReportFolder {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

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
        expected.add(columns(
                "line input user_id outcome decided_at community_ids message" + (plan == null ? "" : " drift")));
        for (Recorded row : recorded) {
            List<String> cells = new ArrayList<>(List.of(
                    String.valueOf(row.line()),
                    defused(row.input()),
                    Objects.toString(row.userId(), ""),
                    row.outcome(),
                    TIME.format(Instant.EPOCH.plus(row.decided(), ChronoUnit.MICROS)),
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
                    .isIn(named.isEmpty() ? List.of("", defused(outcome.input()), number(outcome)) : List.of(named));
        }
    }

    /** The cells of {@code skipped.csv} that let its rows be checked again as the rows of the input were. */
    void checkIdentifiers(InputTask task, ExpectedRun expectedRun) {
        Input input = task.input();
        boolean several = input.identifying().size() > 1;
        boolean states = input.states() && task.activeAfter() != null;
        boolean successors = task instanceof Deactivate && (input.successors() || task.transferAdminTo() != null);
        List<List<String>> skipped = read("skipped.csv");
        assertThat(skipped.get(0).subList(5, skipped.get(0).size()))
                .isEqualTo(columns((several ? " username email" : "")
                        + (states ? " active" : "")
                        + (successors ? " transfer_admin_to" : "")));
        for (List<String> cells : skipped.subList(1, skipped.size())) {
            long line = Long.parseLong(cells.get(1));
            InputRow row = Objects.requireNonNull(input.byLine().get(line));
            if (!expectedOutcome(expectedRun, line).outcome().equals("MALFORMED")) {
                List<String> expected = new ArrayList<>();
                if (several) {
                    expected.add(defused(value(input, row, By.USERNAME)));
                    expected.add(defused(value(input, row, By.EMAIL)));
                }
                if (states) {
                    expected.add(Objects.toString(Cells.state(input.state(row)), ""));
                }
                assertThat(cells.subList(5, 5 + expected.size())).isEqualTo(expected);
            }
        }
    }

    private static String value(Input input, InputRow row, By by) {
        return input.identifying().stream()
                .filter(column -> column.by() == by)
                .map(column -> input.value(row, column))
                .findFirst()
                .orElse("");
    }

    /** The user ID of a row that names nobody although its ID is well-formed; empty if there is none. */
    private static String number(ExpectedOutcome outcome) {
        return Objects.toString(Cells.userId(outcome.input()), "");
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

    private static List<String> columns(String names) {
        return Stream.of(names.split(" ")).filter(name -> !name.isEmpty()).toList();
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
