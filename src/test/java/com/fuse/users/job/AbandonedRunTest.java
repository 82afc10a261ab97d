package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.change.Poison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A run that failed or was killed after 50 of 200 users is undone: it ends half-way, its users come back, and nothing
 * resumes it.
 */
@ExtendWith(TestPlatform.class)
class AbandonedRunTest {

    private static final String RECORDS = """
            select concat_ws(' ', r.id, r.abandoned, r.exit_code, r.ended_at is not null, e.status)
            from fuse_batch.runs r
            join fuse_batch.batch_job_execution e on e.job_instance_id = r.job_instance_id
            order by e.job_execution_id
            """;

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Path inbox;
    private final HalfDoneRun run;
    private final Crowd crowd;
    private final String input;

    AbandonedRunTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) throws IOException {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        inbox = Files.createDirectory(folder.resolve("inbox"));
        run = new HalfDoneRun(world, fuseUsers, inbox.resolve("staff.csv"));
        crowd = run.crowd();
        input = run.input();
    }

    @Test
    void anUndoEndsTheRunAndBringsItsUsersBack() {
        Map<String, List<String>> before = world.timeless();
        run.fail();

        FuseUsers.Result undo =
                fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(0);

        assertThat(undo.out())
                .startsWith(fuseUsers.opened(2) + "undo --with-memberships run 1\n")
                .contains(
                        "50 rows name 50 users; 50 would be reactivated or become members again, of 150 active users\n");
        assertThat(fuseUsers.outcomes(2)).isEqualTo(HalfDoneRun.outcomes(1, 50, "REACTIVATED"));
        assertThat(world.texts("select id::text from users where not active")).isEmpty();
        assertThat(world.timeless().get("community_memberships")).isEqualTo(before.get("community_memberships"));
        assertThat(world.texts(RECORDS)).containsExactly("1 t 1 t ABANDONED", "2 f 0 t COMPLETED");
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 ABANDONED", "2 COMPLETED");
        assertThat(fuseUsers.run("runs", "--state", "abandoned").out().lines().skip(2))
                .singleElement()
                .asString()
                .matches("1 +\\S+Z +ABANDONED +1 +200 +50 +0 +[0-9.]+ +2 +\\S+@\\S+ +deactivate +" + input);
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .contains(
                        ": abandoned in ",
                        "\nUndone by run 2\n",
                        "\nRun 1 was ended half-way by an undo: 50 of 200 rows decided, 50 users deactivated, and it is never"
                                + " resumed.\n",
                        " failed or was killed\n")
                .doesNotContain("Resume: ");
        fuseUsers.run("runs", "report", "1").exits(0);
        assertThat(fuseUsers.outcomes(1)).isEqualTo(HalfDoneRun.outcomes(1, 50, "DEACTIVATED"));
        assertThat(fuseUsers.summary(1)).contains(entry("state", "ABANDONED"), entry("exit_code", 1));
        assertThat(fuseUsers.reportText(1, "report.html")).contains("Ended half-way by an undo");
    }

    @Test
    void theSameInputByNameIsANewRunAndAFolderPassesItOver() {
        run.fail();
        fuseUsers.run("undo", "--yes", "1").exits(0);

        FuseUsers.Result folder = fuseUsers
                .run("deactivate", "--yes", "--max-percent", "100", inbox.toString())
                .exits(0);

        assertThat(folder.out())
                .matches(fuseUsers.line() + "\nInputs:\n  " + input
                        + ": passed over, run 1 of it was abandoned on \\S+Z; --again runs it again\n");
        assertThat(world.count("select count(*) from users where active")).isEqualTo(HalfDoneRun.USERS);
        world.execute(
                "update fuse_batch.runs set started_at = '2024-01-01T00:00:00Z', ended_at = '2024-01-02T00:00:00Z'");
        fuseUsers.run("runs", "purge", "--yes", "--older-than", "30d").exits(0);
        assertThat(fuseUsers
                        .run("deactivate", "--yes", inbox.toString())
                        .exits(0)
                        .out())
                .isEqualTo(fuseUsers.line() + "\nInputs:\n  " + input
                        + ": passed over, run 1 of it was abandoned on 2024-01-02T00:00:00Z, purged since; --again runs it"
                        + " again\n");

        FuseUsers.Result named = run.resume();

        assertThat(named.out())
                .startsWith(fuseUsers.opened(3) + "deactivate " + input
                        + "\nThe same input was begun and abandoned before, by run 1 on ");
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, HalfDoneRun.USERS));
        fuseUsers.run("reactivate", "--yes", input).exits(0);
        assertThat(fuseUsers
                        .run("deactivate", "--yes", "--again", "--max-percent", "100", inbox.toString())
                        .exits(0)
                        .out())
                .startsWith(fuseUsers.opened(5) + "deactivate " + input
                        + "\nThe same input was completed before, by run 3 on ");
    }

    @Test
    void aPlanOfTheUndoAndAnUnconfirmedUndoLeaveTheRunToBeResumed() {
        run.fail();
        Map<String, List<String>> before = world.platform();

        fuseUsers.run("undo", "--dry-run", "--with-memberships", "1").exits(0);
        fuseUsers.run("undo", "--with-memberships", "1").exits(77);

        assertThat(world.platform()).isEqualTo(before);
        assertThat(fuseUsers.outcomes(2)).isEqualTo(HalfDoneRun.outcomes(1, 50, "REACTIVATED"));
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 FAILED", "2 COMPLETED");
        assertThat(run.resume().out()).startsWith(fuseUsers.opened(1) + "deactivate " + input + ", resumed");
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, HalfDoneRun.USERS));
    }

    @Test
    void aRunOnWhichAProcessWorksIsNotUndone() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 55 for update");
            Process process = fuseUsers.start(run.command());
            try {
                other.awaitBlocked(1);

                FuseUsers.Result undo = fuseUsers.run("undo", "--yes", "1").exits(75);

                assertThat(undo.err())
                        .isEqualTo(
                                "fuse-users: a live process is working on run 1; stop it first (fuse-users stop 1), then"
                                        + " undo the run\n");
                assertThat(fuseUsers.run("runs", "report", "1").exits(64).err())
                        .isEqualTo("fuse-users: a process is working on run 1; its command writes the report\n");
                assertThat(world.count("select count(*) from fuse_batch.runs")).isEqualTo(1);
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor()).isEqualTo(137);
        }

        fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(0);

        assertThat(world.texts(RECORDS)).containsExactly("1 t 1 t ABANDONED", "2 f 0 t COMPLETED");
        assertThat(world.texts("select id::text from users where not active")).isEmpty();
    }

    @Test
    void aKilledUndoOfAnAbandonedRunIsResumedByTheSameCommand() throws Exception {
        run.fail();
        String[] undo = {"undo", "--yes", "--with-memberships", "--chunk-size", "10", "--partitions", "1", "1"};
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 25 for update");
            kill(other, undo);
        }
        assertThat(world.texts("select id::text from users where active order by users.id")
                        .subList(0, 21))
                .isEqualTo(Stream.concat(Crowd.ids(1, 20).stream(), Stream.of(51L))
                        .map(String::valueOf)
                        .toList());
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 ABANDONED", "2 INTERRUPTED");

        FuseUsers.Result resumed = fuseUsers.run(undo).exits(0);

        assertThat(resumed.out()).startsWith(fuseUsers.opened(2) + "undo --with-memberships run 1, resumed");
        assertThat(fuseUsers.outcomes(2)).isEqualTo(HalfDoneRun.outcomes(1, 50, "REACTIVATED"));
        assertThat(world.texts(
                        "select concat_ws(' ', community_id, count(*)) from community_memberships group by community_id"
                                + " order by community_id"))
                .containsExactly("1 200", "2 200");
        assertThat(run.resume().out()).startsWith(fuseUsers.opened(3));
    }

    @Test
    void anUndoThatIsKilledBeforeItEndsTheRunLeavesItToBeResumedAndThenUndoesAll() throws Exception {
        run.fail();
        try (OtherSession gate = OtherSession.gate(database, "before update", "fuse_batch.runs", "new.abandoned")) {
            kill(gate, "undo", "--yes", "1");
            gate.terminateBlocked();
        }
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 FAILED", "2 INTERRUPTED");
        assertThat(run.resume().out()).startsWith(fuseUsers.opened(1) + "deactivate " + input + ", resumed");

        FuseUsers.Result stale = fuseUsers.run("undo", "--yes", "1").exits(75);

        assertThat(stale.err())
                .isEqualTo(
                        "fuse-users: run 1 was resumed meanwhile and has deactivated other users; the same command undoes"
                                + " them too\n");
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, HalfDoneRun.USERS));
        fuseUsers.run("undo", "--yes", "1").exits(0);
        assertThat(world.count("select count(*) from users where active")).isEqualTo(HalfDoneRun.USERS);
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 COMPLETED", "2 REFUSED", "3 COMPLETED");
    }

    /** An exit code that asks for another try would deactivate the users again. */
    @Test
    void aProcessWhoseRunIsUndoneBetweenTwoAttemptsSaysThatTheCommandMustNotBeRepeated() throws Exception {
        Poison.OF_UPDATES.raise(world, "'conflict' using errcode = '40001'", 1);
        Process process = fuseUsers.start(run.command());
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> world.count("select count(*) from fuse_batch.runs where row_count is not null") == 1);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> fuseUsers.run("undo", "--yes", "1").exit() == 0);

            assertThat(process.waitFor()).isEqualTo(77);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(inbox.resolveSibling("err.txt")))
                .endsWith("fuse-users: run 1 was ended half-way by an undo; do not run the command again\n");
        assertThat(crowd.deactivated()).isEmpty();
    }

    private void kill(OtherSession blocker, String... command) throws InterruptedException {
        Process process = fuseUsers.start(command);
        try {
            blocker.awaitBlocked(1);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(137);
    }
}
