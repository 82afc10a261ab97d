package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.stream.Stream;
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

    /** The server writes what is committed late here. */
    @Test
    void aPowerFailureUndoesWholeChunksAndTheSameCommandDoesThemAgain() throws Exception {
        world.execute("alter system set wal_writer_delay = '10s'");
        reload();
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 255 for update");
            Process process = fuseUsers.start(arguments("--partitions", "1"));
            other.awaitBlocked(1);
            assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 250));
            process.destroyForcibly().waitFor();
            database.restartServer();
        } finally {
            world.execute("alter system reset wal_writer_delay");
            reload();
        }
        int left = crowd.deactivated().size();
        assertThat(left).isLessThan(250);
        assertThat(left % 10).isZero();
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, left));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, left));

        fuseUsers.run(command).exits(0);

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    private void reload() {
        world.execute("do $$ begin perform pg_reload_conf(); end $$");
    }

    private String[] arguments(String... further) {
        return Stream.concat(Stream.of(command), Stream.of(further)).toArray(String[]::new);
    }

    private Future<FuseUsers.Result> start() {
        return CompletableFuture.supplyAsync(() -> fuseUsers.run(command));
    }

    private void assertDone(Future<FuseUsers.Result> run) throws Exception {
        run.get(75, TimeUnit.SECONDS).exits(0);

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }
}
