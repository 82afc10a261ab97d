package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.PseudoTerminal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.database.DatabaseLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator sees on which database a command works, and as which login: host, port, name and login, and no more. */
@ExtendWith(TestPlatform.class)
class NamedDatabaseTest {

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final String named;

    NamedDatabaseTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        named = "%s at localhost:%d as %s".formatted(database.name(), database.port(), database.jobUser());
        world.users(1, 3);
    }

    @Test
    void theFirstLineOfARunNamesItAfterTheNumber() {
        String input = fuseUsers.input("leavers.csv", "user_id", "1");

        Result run = fuseUsers.run("deactivate", "--yes", input);

        assertThat(run.out().lines().findFirst()).hasValue("Run 1 on " + named + ": deactivate " + input);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runs",
                "runs show 1",
                "runs report 1",
                "runs purge --older-than 1d --dry-run",
                "stop 1",
                "communities --output communities.csv"
            })
    void theFirstLineOfEveryOtherCommandNamesIt(String command) {
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);

        String[] arguments = command.replace(
                        "communities.csv", folder.resolve("c.csv").toString())
                .split(" ");
        Result result = fuseUsers.run(arguments);

        assertThat(result.out().lines().findFirst()).hasValue("On " + named);
    }

    @Test
    void migrateNamesTheLoginOfTheOwner() {
        Map<String, String> owner = new HashMap<>(database.jobSettings());
        owner.put("spring.datasource.username", database.ownerUser());
        owner.put("spring.datasource.password", database.ownerPassword());

        Result migrated = fuseUsers.run(owner, "migrate").exits(0);

        assertThat(migrated.out().lines().findFirst())
                .hasValue("On %s at localhost:%d as %s"
                        .formatted(database.name(), database.port(), database.ownerUser()));
    }

    /** Standard output is the report. */
    @Test
    void communitiesNameItOnStandardErrorIfTheReportIsPrinted() {
        Result printed = fuseUsers.run("communities").exits(0);

        assertThat(printed.out()).startsWith("community_id,");
        assertThat(printed.err()).isEqualTo("On " + named + "\n");
    }

    @Test
    void theFirstLineAboutAFolderNamesIt() throws IOException {
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.writeString(inbox.resolve("a.csv"), "user_id\n1\n");
        Files.writeString(inbox.resolve("notes.txt"), "");

        List<String> first = deactivate(inbox);
        List<String> second = deactivate(inbox);
        Files.delete(inbox.resolve("notes.txt"));
        List<String> third = deactivate(inbox);

        assertThat(first.get(0)).isEqualTo("On " + named);
        assertThat(first.get(1)).startsWith(inbox.toString()).contains("left out", "notes.txt");
        assertThat(first.get(2)).startsWith("Run 1 on " + named + ": deactivate ");
        assertThat(second).hasSize(6).first().isEqualTo("On " + named);
        assertThat(third).hasSize(4).first().isEqualTo("On " + named);
        assertThat(third.get(3)).startsWith("  " + inbox.resolve("a.csv") + ": passed over, run 1 ");
    }

    @Test
    void theQuestionNamesIt() throws Exception {
        String[] command = {"deactivate", "--user", "1", "--max-percent", "100"};
        try (PseudoTerminal terminal = PseudoTerminal.start(fuseUsers.process(command))) {
            terminal.type("y\n");

            assertThat(terminal.awaitExit()).as(terminal.shown()).isZero();
            assertThat(terminal.shown()).contains("Deactivate 1 user on " + named + "? [y/N] ");
        }
    }

    @Test
    void theSummaryTheReportAndTheListNameItForTheRun() {
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);

        Map<String, Object> expected = Map.of("host", "localhost", "port", database.port(), "name", database.name());
        assertThat(fuseUsers.summary(1)).containsEntry("database", expected).containsEntry("login", database.jobUser());
        JsonNode listed = JsonMapper.shared()
                .readTree(fuseUsers.run("runs", "--json").out())
                .get(0);
        assertThat(listed.get("database").toString())
                .isEqualTo("{\"host\":\"localhost\",\"port\":%d,\"name\":\"%s\"}"
                        .formatted(database.port(), database.name()));
        assertThat(listed.get("login").asString()).isEqualTo(database.jobUser());
        assertThat(fuseUsers.reportText(1, "report.html"))
                .contains("Run 1 on <bdi>" + named + "</bdi>", "<dt>Database</dt><dd><bdi>" + named + "</bdi></dd>");
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .startsWith("On " + named + "\n")
                .doesNotContain("Database:");
    }

    /** The record tells who made the run, whoever writes the report again. */
    @Test
    void aReportThatAnotherLoginWritesAgainNamesTheLoginOfTheRun() {
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);
        String written = fuseUsers.reportText(1, "summary.json");
        Map<String, String> owner = new HashMap<>(database.jobSettings());
        owner.put("spring.datasource.username", database.ownerUser());
        owner.put("spring.datasource.password", database.ownerPassword());

        fuseUsers.run(owner, "runs", "report", "1").exits(0);

        assertThat(fuseUsers.reportText(1, "summary.json")).isEqualTo(written);
    }

    @Test
    void aResumedRunNamesTheAddressOfItsLatestAttempt() {
        String[] command = {"deactivate", "--yes", "--user", "1"};
        Map<String, String> elsewhere = new HashMap<>(database.jobSettings());
        elsewhere.merge("spring.datasource.url", "localhost", (url, host) -> url.replace(host, "127.0.0.1"));
        openRun(command);

        Result resumed = fuseUsers.run(elsewhere, command).exits(0);

        String address =
                new DatabaseLogin("127.0.0.1", database.port(), database.name(), database.jobUser()).describe();
        assertThat(resumed.out()).startsWith("Run 1 on " + address + ": deactivate --user 1, resumed; ");
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .startsWith("On " + named + "\n")
                .contains("\nDatabase: " + address + "\n");
    }

    @Test
    void noOtherParameterOfTheUrlIsNamed() {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.remove("spring.datasource.username");
        settings.remove("spring.datasource.password");
        settings.merge(
                "spring.datasource.url",
                "?user=%s&password=%s&ApplicationName=confidential"
                        .formatted(database.jobUser(), database.jobPassword()),
                String::concat);

        Result run =
                fuseUsers.run(settings, "deactivate", "--yes", "--user", "1").exits(0);

        assertThat(run.out()).startsWith("Run 1 on " + named + ": deactivate --user 1\n");
        assertThat(run.out() + run.err() + fuseUsers.reportText(1, "summary.json"))
                .doesNotContain("confidential", database.jobPassword());
    }

    /** Leaves the run open, as a run that failed in its first attempt. */
    private void openRun(String... command) {
        world.execute("create function test_sessions.fail() returns trigger language plpgsql as $$ begin"
                + " raise exception 'no' using errcode = 'XX000'; end $$");
        world.execute("create trigger fail before insert on fuse_batch.run_outcomes for each row"
                + " execute function test_sessions.fail()");
        fuseUsers.run(command).exits(1);
        world.execute("drop trigger fail on fuse_batch.run_outcomes");
    }

    private List<String> deactivate(Path inbox) {
        return fuseUsers
                .run("deactivate", "--yes", "--max-percent", "100", inbox.toString())
                .out()
                .lines()
                .toList();
    }
}
