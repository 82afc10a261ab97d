package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run whose rows do not all have an outcome fails and can be resumed. */
@ExtendWith(TestPlatform.class)
class AccountingTest {

    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;

    AccountingTest(World world, Path folder, FuseUsers fuseUsers) {
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, 10);
    }

    @Test
    void aMissingOutcomeRollsBackItsChunk() {
        swallow("new.user_id = 4");

        FuseUsers.Result failed = deactivate(crowd.lines()).exits(1);

        assertThat(failed.err())
                .isEqualTo("fuse-users: run 1 failed: 9 outcomes recorded for 10 rows of run 1;"
                        + " the same command resumes it\n");
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(1, 10));
        world.execute("drop trigger swallow on fuse_batch.run_outcomes");
        deactivate(crowd.lines()).exits(0);
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, 10));
    }

    @Test
    void anOutcomeMissingAfterStagingFailsTheRun() {
        swallow("new.outcome = 'DUPLICATE'");

        assertUnaccounted(deactivate("user_id", "1", "2", "1"), "read 3 rows but has 2 outcomes");
        assertUnaccounted(deactivate("user_id", "1", "2", "1"), "read 3 rows but has 2 outcomes");
    }

    @Test
    void anOutcomeThatDisappearsBetweenTwoAttemptsFailsTheRun() {
        world.execute("create function test_sessions.fail() returns trigger language plpgsql as $$ begin"
                + " raise exception 'disk on fire' using errcode = 'XX000'; end $$");
        world.execute("create trigger fail before update on fuse_batch.runs for each row"
                + " when (new.ended_at is not null) execute function test_sessions.fail()");
        deactivate(crowd.lines()).exits(1);
        world.execute("drop trigger fail on fuse_batch.runs");
        world.execute("delete from fuse_batch.run_outcomes where user_id = 4");

        assertUnaccounted(deactivate(crowd.lines()), "read 10 rows but has 9 outcomes");
    }

    private void assertUnaccounted(FuseUsers.Result result, String message) {
        result.exits(1);
        assertThat(result.err())
                .startsWith("fuse-users: run 1 failed: run 1 " + message)
                .hasLineCount(1);
        assertThat(world.texts("select ended_at::text from fuse_batch.runs")).containsOnlyNulls();
        assertThat(folder.resolve("reports/run-1")).doesNotExist();
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 FAILED");
    }

    private void swallow(String condition) {
        world.execute("create function test_sessions.swallow() returns trigger language plpgsql as $$ begin"
                + " return null; end $$");
        world.execute("create trigger swallow before insert on fuse_batch.run_outcomes for each row when (" + condition
                + ") execute function test_sessions.swallow()");
    }

    private FuseUsers.Result deactivate(String... lines) {
        return fuseUsers.run("deactivate", "--yes", "--partitions", "1", fuseUsers.input("leavers.csv", lines));
    }
}
