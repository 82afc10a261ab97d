package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code runs} shows and repeats every result at any time, from the database only. */
@ExtendWith(TestPlatform.class)
record RunsCommandTest(World world, Path folder, FuseUsers fuseUsers) {

    @Test
    void listsNothingWithoutRuns() {
        assertThat(fuseUsers.run("runs").out().lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("RUN ");
        assertThat(fuseUsers.run("runs", "--json").out().replaceAll("\\s", "")).isEqualTo("[]");
    }

    @Test
    void listsTheNewestRunFirst() {
        String input = EveryOutcome.make(world, fuseUsers);
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", input);
        fuseUsers.run("deactivate", "--yes", "--max-users=1", "--max-bad-percent=100", input);
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);
        world.breakChunks();
        fuseUsers.run("deactivate", "--yes", "--user", "3");

        FuseUsers.Result runs = fuseUsers.run("runs").exits(0);

        assertThat(runs.err()).isEmpty();
        assertThat(runs.out()
                        .lines()
                        .map(RunsCommandTest::withoutTimesAndPadding)
                        .map(line -> line.replaceFirst(" [0-9.]+ \\S+@\\S+ ", " SECONDS BY ")))
                .containsExactly(
                        fuseUsers.line().strip(),
                        "RUN STARTED STATE EXIT ROWS CHANGED SKIPPED SECONDS BY COMMAND INPUT",
                        "4 TIME FAILED 1 0 0 SECONDS BY deactivate --user 3",
                        "3 TIME COMPLETED 4 17 3 13 SECONDS BY deactivate " + input,
                        "2 TIME REFUSED 77 17 0 11 SECONDS BY deactivate " + input,
                        "1 TIME COMPLETED 4 17 3 13 SECONDS BY deactivate --dry-run " + input);
        assertThat(fuseUsers.run("runs", "--count", "2").out().lines().map(line -> line.substring(0, 2)))
                .containsExactly("On", "RU", "4 ", "3 ");
    }

    @Test
    void listsRunsAsJson() {
        String input = EveryOutcome.make(world, fuseUsers);
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", input);
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);

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
    void showsTheOutcomesAndTheDeletedRowsOfEachTable() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        FuseUsers.Result shown = fuseUsers.run("runs", "show", "1").exits(0);

        assertThat(shown.err()).isEmpty();
        List<String> lines = shown.out()
                .lines()
                .map(RunsCommandTest::withoutTimesAndPadding)
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(lines.get(1))
                .startsWith("Run 1, deactivate " + folder.resolve("every-outcome.csv") + ": completed in ")
                .endsWith(", 1 attempt");
        assertThat(lines)
                .contains("Input: UTF-8, delimiter ',', header, column 1 'user_id' (user ID); not used: 'note'")
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
    void showsTheSameAsTheReport() {
        String input = EveryOutcome.make(world, fuseUsers);
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);

        FuseUsers.Result shown = fuseUsers.run("runs", "show", "1");

        List<String> lines = shown.out()
                .lines()
                .map(RunsCommandTest::withoutTimesAndPadding)
                .filter(line -> !line.isEmpty())
                .toList();
        String notANumber = "does not consist of the digits 0 to 9 alone; correct it and run again.";
        assertThat(lines)
                .anyMatch(line -> line.matches("1 TIME [0-9.]+ 6 (-|[0-9,]+) \\S+@\\S+ ended the run"))
                .containsSubsequence(
                        "Run 1 deactivated 3 users; of the 17 rows in " + input
                                + ", 1 was inactive already and 13 were skipped.",
                        "Attempt Began Seconds Users decided Users/s By End",
                        "Removed from Memberships",
                        "global community 1 1",
                        "community 2 1",
                        "community 3 1",
                        "COMMUNITY_ADMIN, 1 row: remove the user's admin role in the named communities, or transfer it to"
                                + " another user, then run skipped.csv; or run it with --transfer-admin-to",
                        "line 4, user 3: admin of communities 2, 3; remove the admin role, or transfer it to another"
                                + " user, first",
                        "NOT_FOUND, 1 row: check the identifier; the user may have been deleted",
                        "line 5, user 999: there is no user 999",
                        "DUPLICATE, 4 rows: nothing: the named line has the user's outcome",
                        "line 6, user 1: line 2 names the same user",
                        "line 17, user 2: line 3 names the same user",
                        "MALFORMED, 7 rows: correct the value in the message",
                        "line 9, no user: user ID '12345.0' " + notANumber,
                        "line 13, no user: has no user ID; write one and run again.",
                        "and 2 more in skipped.csv",
                        "Not back by any undo Rows",
                        "auto_login_tokens 2",
                        "device_tokens 2",
                        "oauth_tokens 2",
                        "membership_requests 1",
                        "Tokens and membership requests never come back: users sign in and ask again.",
                        "Undo: fuse-users undo --with-memberships 1");
        assertThat(lines).noneMatch(line -> line.startsWith("line 14,"));
    }

    @Test
    void showsTheDriftFromAPlanAndHowToApplyAPlan() {
        world.users(1, 3);
        String input = fuseUsers.input("all of them.csv", "1", "2", "3");
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", input);
        world.admin(2, 3);
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", "--plan", "1", input);

        assertThat(fuseUsers.run("runs", "show", "1").out())
                .contains("\nApply: fuse-users deactivate --plan 1 '" + input + "'\n")
                .doesNotContain("Undo: ");
        assertThat(fuseUsers.run("runs", "show", "2").out())
                .containsPattern("\n  Planned +Came out as +Rows\n  DEACTIVATED +COMMUNITY_ADMIN +1\n");
    }

    @Test
    void showsTheSameJsonAsTheReport() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        FuseUsers.Result shown = fuseUsers.run("runs", "show", "1", "--json").exits(0);

        assertThat(shown.out()).isEqualTo(fuseUsers.reportText(1, "summary.json"));
    }

    @Test
    void showsTheProgressOfARunThatHasNotEnded() {
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
    void writesALostReportAgainWithIdenticalBytes() throws IOException {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));
        Map<String, String> written = report(1);
        for (String file : written.keySet()) {
            Files.delete(folder.resolve("reports/run-1").resolve(file));
        }
        Files.delete(folder.resolve("reports/run-1"));

        FuseUsers.Result again = fuseUsers.run("runs", "report", "1").exits(0);

        assertThat(again.err()).isEmpty();
        assertThat(again.out()).isEqualTo(fuseUsers.line() + "Report: " + folder.resolve("reports/run-1") + "\n");
        assertThat(written).containsKeys("outcomes.csv", "skipped.csv", "removed-memberships.csv", "summary.json");
        assertThat(report(1)).isEqualTo(written);
    }

    @Test
    void writesTheSameRowsAgainEvenIfThePlatformHasChanged() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));
        String outcomes = fuseUsers.reportText(1, "outcomes.csv");
        world.execute("truncate users cascade");

        fuseUsers.run("runs", "report", "1").exits(0);

        assertThat(fuseUsers.reportText(1, "outcomes.csv")).isEqualTo(outcomes);
    }

    @Test
    void listsTheNewestRunsInAState() {
        world.users(1, 3);
        fuseUsers.run("deactivate", "--yes", "--user", "1");
        fuseUsers.run("deactivate", "--yes", "--user", "2");
        fuseUsers.run("deactivate", "--yes", "--max-users", "0", "--user", "3");

        assertThat(numbers("--state", "completed")).containsExactly("2", "1");
        assertThat(numbers("--state", "COMPLETED", "--count", "1")).containsExactly("2");
        assertThat(numbers("--state", "refused")).containsExactly("3");
        assertThat(numbers("--state", "abandoned")).isEmpty();
        assertThat(fuseUsers.run("runs", "--state", "dead").exits(64).err())
                .startsWith(
                        "fuse-users: Invalid value for option '--state': expected one of [RUNNING, COMPLETED, REFUSED,"
                                + " STOPPED, FAILED, INTERRUPTED, ABANDONED, PURGING] (case-insensitive) but was 'dead'");
    }

    private List<String> numbers(String... options) {
        String[] command = Stream.concat(Stream.of("runs"), Stream.of(options)).toArray(String[]::new);
        return fuseUsers
                .run(command)
                .exits(0)
                .out()
                .lines()
                .skip(2)
                .map(line -> line.split(" ")[0])
                .toList();
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
