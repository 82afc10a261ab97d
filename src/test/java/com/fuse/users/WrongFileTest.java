package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The runbook's session "The wrong file is running", as an operator goes through it: the nightly folder holds a file that
 * must not run, and the run is stopped half-way.
 */
@ExtendWith(TestPlatform.class)
class WrongFileTest {

    private static final int USERS = 5_000;

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Path folder;

    WrongFileTest(TestDatabase database, World world, FuseUsers fuseUsers, Path folder) throws IOException {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        this.folder = folder;
        new Crowd(world, USERS);
        Path input = Files.createDirectory(folder.resolve("input"));
        write(input.resolve("01-leavers.csv"), 1, 3);
        write(input.resolve("02-sales.csv"), 1001, 1800);
    }

    /** Who makes the runs of the runbook's session. */
    private static final String POD = "fuse@fuse-users-nightly-29400150-x7k2p";

    @Test
    void everyUserOfTheWrongFileIsBackWithTheMemberships() throws Exception {
        Map<String, List<String>> before = world.timeless();
        stopHalfWay();
        assertThat(world.count("select count(*) from users where id between 1001 and 1800 and not active"))
                .isEqualTo(600);

        for (SampleSession entry : SampleSession.of(session())) {
            if (entry.command().startsWith("k logs ")) {
                entry.assertShows(local(
                        Files.readString(folder.resolve("err.txt")) + Files.readString(folder.resolve("out.txt"))));
            } else if (entry.command().startsWith("fuse-users ")) {
                String command =
                        entry.command().substring("fuse-users ".length()).replace("/input", folder + "/input");
                entry.assertShows(
                        local(fuseUsers.run(command.split(" ")).exits(0).out()));
            }
        }

        assertThat(world.texts("select id::text from users where not active order by users.id"))
                .containsExactly("1", "2", "3");
        assertThat(world.timeless().get("community_memberships"))
                .isEqualTo(Objects.requireNonNull(before.get("community_memberships")).stream()
                        .filter(row -> !row.matches(".*\"user_id\": [123],.*|.*\"user_id\": [123]}"))
                        .toList());
    }

    private void stopHalfWay() throws Exception {
        Process nightly;
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id in (1250, 1650) for update");
            nightly = fuseUsers.start(
                    "deactivate",
                    "--yes",
                    "--accept-skips",
                    "--json",
                    "--max-users=1000",
                    "--chunk-size=100",
                    folder.resolve("input").toString());
            other.awaitBlocked(2);
            assertThat(PosixSignal.TERM.sendTo(nightly)).isTrue();
            await().atMost(Duration.ofSeconds(8)).until(() -> Files.readString(folder.resolve("err.txt"))
                    .contains("Stopping after the current chunk"));
        }
        assertThat(nightly.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(nightly.exitValue()).isEqualTo(143);
    }

    private static List<String> session() {
        List<List<String>> sessions =
                MarkdownPage.read(Path.of("jobs", "RUNBOOK.md")).blocks("console");
        assertThat(sessions).as("sessions that a test follows").hasSize(1);
        return sessions.get(0);
    }

    /** With the paths of the container, in which the reports are below the current folder. */
    private String local(String printed) {
        return printed.replace(folder + "/reports", "reports")
                .replace(folder.toString(), "")
                .replaceFirst("SECONDS  BY +", "SECONDS  BY" + " ".repeat(POD.length()))
                .replaceFirst(" [0-9.]+  \\S+@\\S+ +deactivate", " 0.6  " + POD + "  deactivate");
    }

    private static void write(Path file, long first, long last) throws IOException {
        Files.write(
                file,
                Stream.concat(
                                Stream.of("user_id"),
                                LongStream.rangeClosed(first, last).mapToObj(String::valueOf))
                        .toList());
    }
}
