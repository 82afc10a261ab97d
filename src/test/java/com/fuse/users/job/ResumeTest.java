package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same command resumes a failed run. Options that do not affect outcomes may differ. */
@ExtendWith(TestPlatform.class)
class ResumeTest {

    private static final int USERS = 200;

    private final World world;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final String input;

    ResumeTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
        input = fuseUsers.input("leavers.csv", crowd.lines());
    }

    @ParameterizedTest(name = "partitions {0} and chunks of {1}, resumed with partitions {2} and chunks of {3}")
    @CsvSource({"2, 10, 1, 1000", "4, 150, 4, 10", "1, 10, 8, 3"})
    void everyUserIsInExactlyOnePartitionOfAllAttempts(
            String partitions, String chunkSize, String partitionsAgain, String chunkSizeAgain) {
        failAtUsers(25, 155);
        FuseUsers.Result failed = run(partitions, chunkSize).exits(1);
        assertThat(failed.err())
                .isEqualTo("fuse-users: run 1 failed: disk on fire (SQLSTATE XX000); the same command resumes it\n");
        assertThat(crowd.untouched()).contains(25L, 155L);
        world.execute("drop trigger fail on fuse_batch.run_outcomes");

        run(partitionsAgain, chunkSizeAgain).exits(0);

        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, USERS));
        assertThat(crowd.recordedDeletions(1)).containsExactlyInAnyOrderElementsOf(Crowd.deletions(USERS, USERS));
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 COMPLETED");
    }

    @Test
    void anOptionThatAffectsOutcomesMakesAnotherRun() {
        failAtUsers(1, 1);
        run("1", "10");
        world.execute("drop trigger fail on fuse_batch.run_outcomes");

        fuseUsers.run("deactivate", "--dry-run", input);
        fuseUsers.run("deactivate", "--yes", "--max-percent", "100", "--column", "user_id", input);

        assertThat(RunStates.of(fuseUsers)).containsExactly("1 FAILED", "2 COMPLETED", "3 COMPLETED");
    }

    private void failAtUsers(long... users) {
        world.execute("create function test_sessions.fail() returns trigger language plpgsql as $$ begin"
                + " raise exception 'disk on fire' using errcode = 'XX000'; end $$");
        world.execute("create trigger fail before insert on fuse_batch.run_outcomes for each row when (new.user_id in ("
                + users[0] + ", " + users[1] + ")) execute function test_sessions.fail()");
    }

    private FuseUsers.Result run(String partitions, String chunkSize) {
        return fuseUsers.run(
                "deactivate",
                "--yes",
                "--max-percent",
                "100",
                "--partitions",
                partitions,
                "--chunk-size",
                chunkSize,
                input);
    }
}
