package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run that failed half-way says how far it came, how to resume it and how to undo it. */
@ExtendWith(TestPlatform.class)
class UnfinishedRunTest {

    private final World world;
    private final FuseUsers fuseUsers;
    private final HalfDoneRun run;

    UnfinishedRunTest(World world, Path folder, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        run = new HalfDoneRun(world, fuseUsers, folder.resolve("staff.csv"));
    }

    @Test
    void theFailureSaysHowFarTheRunCameAndHowToGoOnOrBack() {
        FuseUsers.Result failed = run.fail();

        assertThat(failed.out())
                .endsWith("\nSo far: 50 of 200 users done, 50 deactivated; 150 left\n"
                        + "Resume: the same command, or: fuse-users deactivate " + run.input() + "\n"
                        + "Undo: fuse-users undo --with-memberships 1\n");
        assertThat(failed.err())
                .isEqualTo("fuse-users: run 1 failed: out of order (SQLSTATE XX000); the same command resumes it\n");
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .contains(
                        "\nRun 1 failed: 50 of 200 rows decided so far, 50 users deactivated, and the same command resumes"
                                + " it.\n",
                        "\nResume: fuse-users deactivate " + run.input()
                                + "\n\nUndo: fuse-users undo --with-memberships 1\n");
    }

    @Test
    void aFailureBeforeTheInputIsReadSaysSo() {
        world.execute("create function test_sessions.fail() returns trigger language plpgsql as"
                + " $$ begin raise exception 'no' using errcode = 'XX000'; end $$");
        world.execute("create trigger fail before insert on fuse_batch.run_users for each statement"
                + " execute function test_sessions.fail()");

        FuseUsers.Result failed =
                fuseUsers.run("deactivate", "--yes", "--user", "7").exits(1);

        assertThat(failed.out())
                .endsWith("\nSo far: the input is not fully read, and no user is changed\n"
                        + "Resume: the same command\nUndo: fuse-users undo --with-memberships 1\n");
    }

    @Test
    void theReportOfAnUnfinishedRunHasTheRowsThatWereDecided() {
        run.fail();

        fuseUsers.run("runs", "report", "1").exits(0);

        assertThat(fuseUsers.outcomes(1)).isEqualTo(HalfDoneRun.outcomes(1, 50, "DEACTIVATED"));
        assertThat(fuseUsers.report(1, "removed-memberships.csv")).isEqualTo(Crowd.removedMemberships(1, 50));
        assertThat(fuseUsers.summary(1))
                .contains(
                        entry("state", "FAILED"),
                        entry("exit_code", null),
                        entry("resume_command", "fuse-users deactivate " + run.input()),
                        entry("undo_command", "fuse-users undo --with-memberships 1"));
    }
}
