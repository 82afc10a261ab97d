package com.fuse.users.job;

import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server crashes and recovers during a run, and the run continues after the last commit without intervention. */
@ExtendWith(TestPlatform.class)
class ServerRestartTest {

    private static final int USERS = 300;

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final String[] command;

    ServerRestartTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
        String input = fuseUsers.input("leavers.csv", crowd.lines());
        command = new String[] {"deactivate", "--yes", "--max-percent", "100", "--chunk-size", "10", input};
    }

    @ForEachStep
    void aCrashInAnyStepDoesNotFailTheRun(String when, String table, String condition) throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession gate = OtherSession.gate(database, when, table, condition)) {
            run = start();
            gate.awaitBlocked(1);
            database.restartServer();
            world.execute("drop trigger gate on " + table);
        }

        assertDone(run);
    }

    @Test
    void repeatedCrashesDoNotFailTheRun() throws Exception {
        Future<FuseUsers.Result> run = start();
        for (int chunks = 3; chunks <= 24; chunks += 7) {
            int committed = chunks;
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> world.count("select count(*) from fuse_batch.run_chunks") >= committed);
            database.restartServer();
        }

        assertDone(run);
    }

    private Future<FuseUsers.Result> start() {
        return CompletableFuture.supplyAsync(() -> fuseUsers.run(command));
    }

    private void assertDone(Future<FuseUsers.Result> run) throws Exception {
        run.get(75, TimeUnit.SECONDS).exits(0);

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }
}
