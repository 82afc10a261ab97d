package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What was done can be asked for at any time, and is told from the database alone. */
class RunsCommandTest {

    private final TestDatabase database = TestDatabase.create();
    private final World world = new World(database);
    private final Path folder;
    private final FuseUsers fuseUsers;

    RunsCommandTest(@TempDir Path folder) {
        this.folder = folder;
        fuseUsers = new FuseUsers(database, folder);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void listsNothingWhereNothingWasRun() {
        assertThat(fuseUsers.run("runs").out().lines())
                .singleElement()
                .asString()
                .startsWith("RUN ");
        assertThat(fuseUsers.run("runs", "--json").out().replaceAll("\\s", "")).isEqualTo("[]");
    }

    @Test
    void listsRunsTheNewestFirst() {
        String input = EveryOutcome.make(world, fuseUsers);
        fuseUsers.run("deactivate", "--dry-run", input);
        fuseUsers.run("deactivate", input);
        fuseUsers.run("deactivate", "--yes", input);
        world.breakChunks();
        fuseUsers.run("deactivate", "--yes", "--user", "3");

        FuseUsers.Result runs = fuseUsers.run("runs");

        assertThat(runs.exit()).isZero();
        assertThat(runs.err()).isEmpty();
        assertThat(runs.out().lines().map(RunsCommandTest::withoutTimesAndPadding))
                .containsExactly(
                        "RUN STARTED STATE EXIT ROWS COMMAND INPUT",
                        "4 TIME FAILED 1 deactivate --user 3",
                        "3 TIME COMPLETED 4 17 deactivate " + input,
                        "2 TIME REFUSED 77 17 deactivate " + input,
                        "1 TIME COMPLETED 4 17 deactivate --dry-run " + input);
        assertThat(fuseUsers.run("runs", "--count", "2").out().lines().map(line -> line.substring(0, 2)))
                .containsExactly("RU", "4 ", "3 ");
    }

    @Test
    void listsRunsAsJson() {
        String input = EveryOutcome.make(world, fuseUsers);
        fuseUsers.run("deactivate", "--dry-run", input);
        fuseUsers.run("deactivate", "--yes", input);

        List<Map<String, Object>> runs =
                JsonMapper.shared().readValue(fuseUsers.run("runs", "--json").out(), new TypeReference<>() {});

        assertThat(runs)
                .satisfiesExactly(
                        newest -> assertThat(newest)
                                .contains(
                                        entry("run", 2),
                                        entry("command", "deactivate"),
                                        entry("dry_run", false),
                                        entry("state", "COMPLETED"),
                                        entry("input", input),
                                        entry("rows", 17),
                                        entry("exit_code", 4)),
                        oldest -> assertThat(oldest).contains(entry("run", 1), entry("dry_run", true)));
    }

    @Test
    void showsTheOutcomesAndTheRowsDeletedByStep() {
        fuseUsers.run("deactivate", "--yes", EveryOutcome.make(world, fuseUsers));

        FuseUsers.Result shown = fuseUsers.run("runs", "show", "1");

        assertThat(shown.exit()).isZero();
        assertThat(shown.err()).isEmpty();
        List<String> lines = shown.out()
                .lines()
                .map(RunsCommandTest::withoutTimesAndPadding)
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(lines.get(0))
                .startsWith("Run 1, deactivate " + folder.resolve("every-outcome.csv") + ": completed in ")
                .endsWith(", 1 attempt");
        assertThat(lines)
                .contains("Input: UTF-8, delimiter ',', header, column 1 'user_id' (user ID)")
                .containsSequence(
                        "Outcome Rows",
                        "DEACTIVATED 3",
                        "ALREADY_INACTIVE 1",
                        "COMMUNITY_ADMIN 1",
                        "NOT_FOUND 1",
                        "DUPLICATE 4",
                        "MALFORMED 7",
                        "Deleted from Rows",
                        "auto_login_tokens 2",
                        "device_tokens 2",
                        "oauth_tokens 2",
                        "membership_requests 1",
                        "community_memberships 3",
                        "certificates 2");
    }

    @Test
    void showsTheSameJsonAsTheReport() {
        fuseUsers.run("deactivate", "--yes", EveryOutcome.make(world, fuseUsers));

        FuseUsers.Result shown = fuseUsers.run("runs", "show", "1", "--json");

        assertThat(shown.exit()).isZero();
        assertThat(shown.out()).isEqualTo(fuseUsers.reportText(1, "summary.json"));
    }

    @Test
    void showsHowFarARunHasComeThatHasNotEnded() {
        world.user(1);
        world.breakChunks();
        fuseUsers.run("deactivate", "--yes", fuseUsers.input("users.csv", "user_id", "1", "x"));

        Map<String, Object> json = JsonMapper.shared()
                .readValue(fuseUsers.run("runs", "show", "1", "--json").out(), new TypeReference<>() {});

        assertThat(json)
                .contains(
                        entry("state", "FAILED"),
                        entry("rows", 2),
                        entry("outcomes", Map.of("MALFORMED", 1)),
                        entry("deleted_rows", Map.of()))
                .containsEntry("ended_at", null)
                .containsEntry("exit_code", null);
    }

    @Test
    void writesALostReportAgainByteForByte() throws IOException {
        fuseUsers.run("deactivate", "--yes", EveryOutcome.make(world, fuseUsers));
        Map<String, String> written = report(1);
        for (String file : written.keySet()) {
            Files.delete(folder.resolve("reports/run-1").resolve(file));
        }
        Files.delete(folder.resolve("reports/run-1"));

        FuseUsers.Result again = fuseUsers.run("runs", "report", "1");

        assertThat(again.exit()).isZero();
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).isEqualTo("Report: " + folder.resolve("reports/run-1") + "\n");
        assertThat(written).containsKeys("outcomes.csv", "skipped.csv", "removed-memberships.csv", "summary.json");
        assertThat(report(1)).isEqualTo(written);
    }

    @Test
    void writesTheRowsAgainAsTheyWereHoweverThePlatformHasChanged() {
        fuseUsers.run("deactivate", "--yes", EveryOutcome.make(world, fuseUsers));
        String outcomes = fuseUsers.reportText(1, "outcomes.csv");
        world.execute("truncate users cascade");

        assertThat(fuseUsers.run("runs", "report", "1").exit()).isZero();

        assertThat(fuseUsers.reportText(1, "outcomes.csv")).isEqualTo(outcomes);
    }

    @Test
    void refusesToReportARunThatHasNotEnded() {
        world.user(1);
        world.breakChunks();
        fuseUsers.run("deactivate", "--yes", "--user", "1");

        FuseUsers.Result result = fuseUsers.run("runs", "report", "1");

        assertThat(result.exit()).isEqualTo(64);
        assertThat(result.err()).isEqualTo("fuse-users: run 1 has not ended; its command writes the report\n");
        assertThat(folder.resolve("reports/run-1")).doesNotExist();
    }

    private Map<String, String> report(long run) throws IOException {
        Path reports = folder.resolve("reports/run-" + run);
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.toList()) {
                contents.put(reports.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static String withoutTimesAndPadding(String line) {
        return line.strip().replaceAll(" +", " ").replaceFirst("\\d{4}-\\d\\d-\\d\\dT[0-9:]+Z", "TIME");
    }
}
