package com.fuse.users.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.PosixSignal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.job.RunStates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A wait ends at once if the run is to stop, and outlives what happens to the process and to the database. */
@ExtendWith(TestPlatform.class)
class InterruptedWaitTest {

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final TroubledRun run;

    InterruptedWaitTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        run = new TroubledRun(world, folder, fuseUsers);
        run.trouble();
    }

    @Test
    void aSignalEndsTheWaitAtOnce() throws Exception {
        Process process = run.start();
        run.awaitWait("query");

        assertThat(PosixSignal.TERM.sendTo(process)).isTrue();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        run.assertResumes();
    }

    @Test
    void aStopRequestEndsTheWait() throws Exception {
        Process process = run.start();
        run.awaitWait("query");

        fuseUsers.run("stop", "1").exits(0);

        run.assertEnds(process, 143);
        run.assertResumes();
    }

    @Test
    void aRunThatHasWaitedForTooLongEndsAndCanBeResumed() {
        Result ended = fuseUsers.run(run.command("--max-pause", "2s")).exits(75);

        assertThat(ended.err().lines().reduce((first, last) -> last).orElseThrow())
                .matches("fuse-users: run 1 was stopped, because it waited for [2-4] s, as long as --max-pause allows:"
                        + " the throttle query returns 1; the same command resumes it where it stands");
        run.assertUntouched();
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 STOPPED");
        run.assertResumes();
    }

    @Test
    void aProcessThatIsFrozenDuringTheWaitGoesOnAfterwards() throws Exception {
        Process process = run.start();
        run.awaitWait("query");

        assertThat(PosixSignal.STOP.sendTo(process)).isTrue();
        run.wellAgain();
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(6))
                .until(() -> world.count("select count(*) from fuse_batch.run_chunks") == 0);
        assertThat(PosixSignal.CONT.sendTo(process)).isTrue();

        run.assertEnds(process, 0);
        run.assertAllDeactivated();
        assertThat(run.waits()).containsExactly("1 query");
        assertThat(fuseUsers.summary(1)).containsEntry("attempts", 1);
    }

    /** The crash ends the session that holds the run's lock, so another attempt goes on with the wait. */
    @Test
    void theDatabaseMayGoDownDuringTheWaitAndComeBack() throws Exception {
        Process process = run.start();
        run.awaitWait("query");

        database.restartServer();

        await().atMost(Duration.ofSeconds(30)).until(() -> run.waits().contains("2 query"));
        run.assertUntouched();
        run.wellAgain();
        run.assertEnds(process, 0);
        run.assertAllDeactivated();
        assertThat(fuseUsers.summary(1)).containsEntry("attempts", 2);
    }

    @Test
    void partitionsThatWaitAtTheSameTimeAreOneWait() throws Exception {
        Process process = run.start("--partitions=2");
        run.awaitWait("query");
        assertThat(world.count("select count(*) from fuse_batch.batch_step_execution"
                        + " where step_name like 'users:%' and status = 'STARTED'"))
                .isEqualTo(2);
        run.wellAgain();
        run.assertEnds(process, 0);

        assertThat(run.waits()).containsExactly("1 query");
        assertThat(run.out()).containsPattern("Waited ([\\d.]+ s): throttle query \\1 \\(1 time\\)");
    }
}
