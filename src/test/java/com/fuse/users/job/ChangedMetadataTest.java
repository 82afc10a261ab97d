package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody has changed Spring Batch's tables so that an open run seems to be over. */
@ExtendWith(TestPlatform.class)
record ChangedMetadataTest(TestDatabase database, World world, FuseUsers fuseUsers) {

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "ABANDONED"})
    void theMessageSaysWhatIsWrongAndHowToContinue(String status) {
        Crowd crowd = new Crowd(world, 40);
        String[] command = {
            "deactivate", "--yes", "--max-percent=100", "--chunk-size=10", fuseUsers.input("leavers.csv", crowd.lines())
        };
        world.execute("create function test_sessions.fail() returns trigger language plpgsql as $$ begin"
                + " raise exception 'no' using errcode = 'XX000'; end $$");
        world.execute("create trigger fail before insert on fuse_batch.run_outcomes for each row"
                + " when (new.user_id = 25) execute function test_sessions.fail()");
        fuseUsers.run(command).exits(1);
        world.execute("drop trigger fail on fuse_batch.run_outcomes");
        world.execute("update fuse_batch.batch_job_execution set status = ?", status);
        long instance = world.count("select job_instance_id from fuse_batch.runs");

        FuseUsers.Result blocked = fuseUsers.run(command).exits(78);

        String statement = "update fuse_batch.batch_job_execution set status = 'FAILED' where status in ('COMPLETED',"
                + " 'ABANDONED') and job_instance_id = " + instance;
        assertThat(blocked.err())
                .isEqualTo(
                        "fuse-users: run 1 cannot be resumed: it has not ended, but Spring Batch's tables say that it is"
                                + " over, so somebody has changed them; to continue, execute: " + statement
                                + "; then run the same command\n");
        assertThat(world.texts("select ended_at::text from fuse_batch.runs")).containsOnlyNulls();

        JdbcClient.create(database.job()).sql(statement).update();
        fuseUsers.run(command).exits(0);
        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }
}
