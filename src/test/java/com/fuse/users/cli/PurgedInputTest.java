package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A purge does not make a completed file new, and leaves a trace of each run. */
@ExtendWith(TestPlatform.class)
class PurgedInputTest {

    private static final String ENDED = "2024-05-08T12:00:00Z";

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Path inbox;
    private final Path file;

    PurgedInputTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) throws IOException {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        inbox = Files.createDirectory(folder.resolve("inbox"));
        file = Files.writeString(inbox.resolve("a.csv"), "user_id\n1\n");
    }

    /** User 1 is deactivated by the file and comes back. */
    @BeforeEach
    void completeTheFile() {
        world.user(1);
        deactivate(inbox).exits(0);
        fuseUsers.run("reactivate", "--yes", "--user", "1").exits(0);
        age();
    }

    @Test
    void aFileOfAFolderIsPassedOver() {
        fuseUsers.run(EndedRuns.PURGE).exits(0);

        FuseUsers.Result result = deactivate(inbox).exits(0);

        assertThat(result.out())
                .isEqualTo(
                        "%s\nInputs:\n  %s: passed over, run 1 completed it on %s, purged since; --again runs it again\n"
                                .formatted(fuseUsers.line(), file, ENDED));
        assertThat(activeUsers()).isEqualTo(1);
    }

    @Test
    void aNamedFileRunsAndNamesThePurgedRun() {
        fuseUsers.run(EndedRuns.PURGE).exits(0);

        FuseUsers.Result result = deactivate(file).exits(0);

        assertThat(result.out())
                .contains("\nThe same input was completed before, by run 1 on " + ENDED + ", purged since\n");
        assertThat(activeUsers()).isZero();
    }

    @Test
    void theOptionAgainRunsIt() {
        fuseUsers.run(EndedRuns.PURGE).exits(0);

        fuseUsers.run("deactivate", "--yes", "--again", inbox.toString()).exits(0);

        assertThat(activeUsers()).isZero();
    }

    @Test
    void theNewestRunIsNamedWhetherOrNotItIsPurged() {
        deactivate(file).exits(0);
        fuseUsers.run(EndedRuns.PURGE).exits(0);
        assertThat(deactivate(inbox).out()).contains("run 3 completed it on ").doesNotContain("purged");

        age();
        fuseUsers.run(EndedRuns.PURGE).exits(0);

        assertThat(deactivate(inbox).out()).contains("run 3 completed it on " + ENDED + ", purged since;");
    }

    @ParameterizedTest
    @CsvSource({"77, false, deactivate", "1, false, deactivate", "0, true, deactivate", "0, false, reactivate"})
    void aPurgedRunThatDidNotCompleteTheCommandCompletesNothing(int exitCode, boolean dryRun, String command) {
        world.execute(
                "update fuse_batch.runs set exit_code = ?, dry_run = ?, command = ? where id = 1",
                exitCode,
                dryRun,
                command);
        fuseUsers.run(EndedRuns.PURGE).exits(0);

        assertThat(deactivate(inbox).exits(0).out()).doesNotContain("passed over", "completed before");

        assertThat(activeUsers()).isZero();
    }

    @Test
    void theTraceSaysWhichRunIsGoneSinceWhenAndByWhom() {
        String digest = world.texts("select encode(input_digest, 'hex') from fuse_batch.runs where id = 1")
                .get(0);
        String start = world.now();

        fuseUsers.run(EndedRuns.PURGE).exits(0);

        assertThat(world.texts(
                        "select concat_ws(' ', run_id, command, dry_run, encode(input_digest, 'hex'),"
                                + " to_char(ended_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), exit_code, purged_by)"
                                + " from fuse_batch.purged_runs where purged_at between ?::timestamptz and clock_timestamp()"
                                + " and run_id = 1",
                        start))
                .containsExactly("1 deactivate f " + digest + " 2024-05-08 12:00 0 " + database.jobUser());
        assertThat(world.texts("select run_id from fuse_batch.purged_runs order by run_id"))
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource({"runs show 1", "runs report 1", "undo --yes 1"})
    void aCommandAboutAPurgedRunSaysThatItIsPurged(String command) {
        fuseUsers.run(EndedRuns.PURGE).exits(0);

        FuseUsers.Result result = fuseUsers.run(command.split(" ")).exits(64);

        assertThat(result.err())
                .matches("fuse-users: run 1 was purged on \\S+Z by the login " + database.jobUser()
                        + "; only its report folder may still exist\n");
    }

    /** At no moment is the file new: the run's record goes in the transaction that leaves its trace. */
    @ParameterizedTest
    @CsvSource({
        "after delete, fuse_batch.run_outcomes, old.run_id = 1",
        "after insert, fuse_batch.purged_runs, new.run_id = 1",
        "after delete, fuse_batch.runs, old.id = 1",
        "after delete, fuse_batch.batch_job_instance, old.job_instance_id = 1"
    })
    void aKilledPurgeLeavesTheFileCompletedAndTheSameCommandPurges(String when, String table, String condition)
            throws Exception {
        try (OtherSession gate = OtherSession.gate(database, when, table, condition)) {
            Process purge = fuseUsers.start(EndedRuns.PURGE);
            gate.awaitBlocked(1);
            purge.destroyForcibly();
            assertThat(purge.waitFor(20, TimeUnit.SECONDS)).isTrue();
            gate.terminateBlocked();
        }
        assertThat(world.texts("select id from fuse_batch.runs where purge_started_at is not null"))
                .containsExactly("1");
        assertThat(deactivate(inbox).exits(0).out()).contains("passed over, run 1 completed it on " + ENDED + "; ");

        fuseUsers.run(EndedRuns.PURGE).exits(0);

        assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
        assertThat(world.count("select count(*) from fuse_batch.batch_job_instance"))
                .isZero();
        assertThat(deactivate(inbox).exits(0).out())
                .contains("passed over, run 1 completed it on " + ENDED + ", purged");
        assertThat(activeUsers()).isEqualTo(1);
    }

    private FuseUsers.Result deactivate(Path input) {
        return fuseUsers.run("deactivate", "--yes", input.toString());
    }

    private void age() {
        world.execute(
                "update fuse_batch.runs set started_at = ?::timestamptz, ended_at = ?::timestamptz", ENDED, ENDED);
    }

    private long activeUsers() {
        return world.count("select count(*) from users where active");
    }
}
