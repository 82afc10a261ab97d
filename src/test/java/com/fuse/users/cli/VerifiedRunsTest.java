package com.fuse.users.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.OtherSession;
import com.fuse.users.PosixSignal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.metrics.MetricsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** With {@code --verify}, a command also verifies the runs that it completes, and says if one does not hold. */
@ExtendWith(TestPlatform.class)
class VerifiedRunsTest {

    private static final String GATEWAY = "management.prometheus.metrics.export.pushgateway.";

    private static final String NOT_HELD = "fuse-users: run %1$d is completed, but does not hold: 1 deviation; find out"
            + " what changed the database since, then run: fuse-users runs verify %1$d\n";

    private static final String REACTIVATED =
            "the user is active, but no run has reactivated the user, and there is no new"
                    + " membership of the global community";

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;

    VerifiedRunsTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
    }

    @BeforeEach
    void makeUsers() {
        world.users(1, 4);
    }

    @Test
    void aRunThatHoldsEndsAsWithoutTheSwitch() {
        String input = fuseUsers.input("leavers.csv", "1", "2", "99");

        Result result = fuseUsers
                .run("deactivate", "--yes", "--accept-skips", "--verify", input)
                .exits(0);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).endsWith("""

                Run 1, deactivate %s: 2 users deactivated

                  Now                                     Users
                  inactive since the run                      2

                Run 1 holds
                """.formatted(input));
    }

    @Test
    void aRunThatDoesNotHoldStaysCompletedAndTheCommandExitsWith1() throws IOException {
        reactivateAtTheEndOfEachRun(2);
        String input = fuseUsers.input("leavers.csv", "1", "2");
        Path message = Files.createFile(folder.resolve("termination-log"));

        try (MetricsServer server = new MetricsServer(folder)) {
            Result result = fuseUsers
                    .run(reporting(message, server), "deactivate", "--yes", "--verify", input)
                    .exits(1);

            assertThat(result.err()).isEqualTo(NOT_HELD.formatted(1));
            assertThat(result.out()).endsWith("""

                    Deviation: line 2, user 2: %s

                    Run 1, deactivate %s: 2 users deactivated

                      Now                                     Users
                      inactive since the run                      1
                      active, unexplained                         1
                    """.formatted(REACTIVATED, input));
            assertThat(fuseUsers.summary(1)).containsEntry("state", "COMPLETED").containsEntry("exit_code", 0);
            assertThat(world.texts("select exit_code::text from fuse_batch.runs"))
                    .containsExactly("0");
            Map<String, Object> ended =
                    JsonMapper.shared().readValue(Files.readString(message), new TypeReference<>() {});
            assertThat(ended)
                    .containsEntry("exit_code", 1)
                    .containsEntry("summary", "1 run completed, 2 rows, of which 0 skipped; 1 run with deviations")
                    .containsEntry("error", NOT_HELD.formatted(1).strip().substring("fuse-users: ".length()));
            assertThat(ended.get("runs")).asString().startsWith("[{run=1, ").endsWith(", deviations=1}]");
            assertThat(server.pushes()).singleElement().satisfies(push -> assertThat(push.samples())
                    .containsEntry("fuse_users_run_deviations", 1.0)
                    .containsEntry("fuse_users_exit_code", 1.0)
                    .doesNotContainKey("fuse_users_last_success_timestamp_seconds"));
        }
    }

    @Test
    void theOtherInputsAreDeactivatedAndVerifiedAllTheSame() {
        reactivateAtTheEndOfEachRun(1);
        String first = fuseUsers.input("a.csv", "1");
        String second = fuseUsers.input("b.csv", "2", "99");
        String third = fuseUsers.input("c.csv", "3");

        Result result = fuseUsers
                .run("deactivate", "--yes", "--verify", first, second, third)
                .exits(1);

        assertThat(result.out().lines().filter(line -> line.startsWith("Deviation") || line.endsWith(" holds")))
                .containsExactly("Deviation: line 1, user 1: " + REACTIVATED, "Run 2 holds", "Run 3 holds");
        assertThat(result.err())
                .startsWith(NOT_HELD.formatted(1) + "fuse-users: 1 row skipped; fix the cause, then run: ")
                .hasLineCount(2);
        assertThat(world.texts("select id::text from users where not active order by id"))
                .containsExactly("2", "3");
    }

    @Test
    void theDeviationsOfAllInputsAreSummed() throws IOException {
        reactivateAtTheEndOfEachRun(1, 2);
        String first = fuseUsers.input("a.csv", "1");
        String second = fuseUsers.input("b.csv", "2");
        String third = fuseUsers.input("c.csv", "3");

        try (MetricsServer server = new MetricsServer(folder)) {
            fuseUsers
                    .run(
                            reporting(Files.createFile(folder.resolve("termination-log")), server),
                            "deactivate",
                            "--yes",
                            "--verify",
                            first,
                            second,
                            third)
                    .exits(1);

            assertThat(server.pushes())
                    .extracting(push -> push.samples().get("fuse_users_run_deviations"))
                    .containsExactly(1.0, 2.0, 2.0);
        }
    }

    @Test
    void anInputThatWaitsForTooLongDoesNotHideThatAnEarlierRunDoesNotHold() {
        reactivateAtTheEndOfEachRun(1);
        String first = fuseUsers.input("a.csv", "1");
        String second = fuseUsers.input("b.csv", "2", "3");

        Result result = fuseUsers
                .run(
                        "deactivate",
                        "--yes",
                        "--verify",
                        "--chunk-size=1",
                        "--max-pause=1s",
                        "--throttle-query=select count(*) from fuse_batch.runs where ended_at is not null",
                        first,
                        second)
                .exits(1);

        assertThat(result.err())
                .startsWith(NOT_HELD.formatted(1) + "fuse-users: run 2 was stopped, because it waited for ")
                .hasLineCount(2);
        assertThat(result.out()).contains("  " + second + ": run 2, exit 75: ");
        assertThat(world.texts("select id::text from users where not active")).isEmpty();
    }

    /** The second signal ends the process at once, in the middle of a chunk of the other run. */
    @Test
    void aSignalDoesNotHideThatAnEarlierRunDoesNotHold() throws Exception {
        reactivateAtTheEndOfEachRun(1);
        String first = fuseUsers.input("a.csv", "1");
        String second = fuseUsers.input("b.csv", "2");
        Path err = folder.resolve("err.txt");
        String stopping = NOT_HELD.formatted(1) + "Stopping after the current chunk; a second signal stops at once\n";
        try (OtherSession gate = OtherSession.gate(database, "before update", "public.users", "new.id = 2")) {
            Process command = fuseUsers.start("deactivate", "--yes", "--verify", first, second);
            gate.awaitBlocked(1);
            assertThat(PosixSignal.TERM.sendTo(command)).isTrue();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(err).equals(stopping));

            assertThat(PosixSignal.TERM.sendTo(command)).isTrue();

            assertThat(command.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(command.exitValue()).isEqualTo(1);
            assertThat(Files.readString(err)).isEqualTo(stopping);
        }
    }

    @Test
    void withJsonStandardOutputHoldsTheSummariesAlone() {
        reactivateAtTheEndOfEachRun(2);

        Result result = fuseUsers
                .run("deactivate", "--yes", "--json", "--verify", "--user", "1", "--user", "2")
                .exits(1);

        assertThat(result.out()).isEqualTo(fuseUsers.reportText(1, "summary.json"));
        assertThat(result.err())
                .contains("\n\nDeviation: line 2, user 2: " + REACTIVATED + "\n\nRun 1, deactivate --user 1,2: 2 users")
                .endsWith(NOT_HELD.formatted(1));
    }

    @Test
    void onlyRunsThatThisCommandCompletedAreVerified() {
        reactivateAtTheEndOfEachRun(1);
        folder.resolve("inbox").toFile().mkdirs();
        fuseUsers.input("inbox/a.csv", "1");
        String inbox = folder.resolve("inbox").toString();

        assertThat(fuseUsers
                        .run("deactivate", "--dry-run", "--verify", inbox)
                        .exits(0)
                        .out())
                .doesNotContain("users deactivated");
        fuseUsers.run("deactivate", "--yes", "--verify", inbox).exits(1);
        assertThat(fuseUsers
                        .run("deactivate", "--yes", "--verify", inbox)
                        .exits(0)
                        .out())
                .contains("passed over")
                .doesNotContain("Deviation");
    }

    @Test
    void aRunThatCannotBeVerifiedIsNamed() {
        atTheEndOfEachRun("revoke select on public.community_memberships from fuse_users_job");

        assertThat(fuseUsers
                        .run("deactivate", "--yes", "--verify", "--user", "1")
                        .exits(1)
                        .err())
                .isEqualTo("fuse-users: run 1 is completed, but was not verified: permission denied for table"
                        + " community_memberships (SQLSTATE 42501); run: fuse-users runs verify 1\n");
        assertThat(fuseUsers.summary(1)).containsEntry("state", "COMPLETED");
    }

    private void reactivateAtTheEndOfEachRun(Integer... users) {
        atTheEndOfEachRun("update users set active = true, deactivated_at = null where id = any('{"
                + Stream.of(users).map(String::valueOf).collect(joining(",")) + "}')");
    }

    private void atTheEndOfEachRun(String statement) {
        world.execute("create function at_the_end() returns trigger security definer language plpgsql as $$ begin "
                + statement + "; return new; end $$");
        world.execute("create trigger at_the_end after update of ended_at on fuse_batch.runs for each row"
                + " execute function at_the_end()");
    }

    private Map<String, String> reporting(Path message, MetricsServer server) {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put("fuse-users.termination-log", message.toString());
        settings.put(GATEWAY + "enabled", "true");
        settings.put(GATEWAY + "address", server.address());
        return settings;
    }
}
