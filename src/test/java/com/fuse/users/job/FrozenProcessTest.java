package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.PosixSignal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A process is frozen within a transaction, so that the process and its connections stay alive. The same command takes
 * the run over once the process counts as dead. When the frozen process continues, it finds the run taken over and
 * writes nothing.
 */
@ExtendWith(TestPlatform.class)
class FrozenProcessTest {

    private static final int USERS = 200;

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final String[] command;

    FrozenProcessTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
        String input = fuseUsers.input("leavers.csv", crowd.lines());
        command = new String[] {
            "deactivate", "--yes", "--max-percent", "100", "--chunk-size", "10", "--partitions", "1", input
        };
    }

    @ForEachStep
    void aProcessThatContinuesAfterTheRunEndedWritesNothing(String when, String table, String condition)
            throws Exception {
        Process process;
        try (OtherSession gate = OtherSession.gate(database, when, table, condition)) {
            process = fuseUsers.start(command);
            gate.awaitBlocked(1);
            assertThat(PosixSignal.STOP.sendTo(process)).isTrue();
        }
        try {
            fuseUsers.run(command).exits(75);
            awaitLockLost();

            FuseUsers.Result replaced = fuseUsers.run(command).exits(0);

            assertThat(replaced.out()).contains("leavers.csv, resumed");
            CompletedRun.assertCompletedOnce(crowd, fuseUsers);
            assertThat(fuseUsers.summary(1)).containsEntry("attempts", 2);
            assertThat(PosixSignal.CONT.sendTo(process)).isTrue();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(folder.resolve("out.txt")))
                .endsWith(
                        "run 1 was ended by another process, which wrote its report; \"runs report 1\" writes it here too\n");
        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
        assertThat(fuseUsers.summary(1)).containsEntry("attempts", 2);
    }

    /** The frozen process must not end the run by its own guard, which would deactivate no user. */
    @Test
    void theGuardOfAFrozenProcessDoesNotStopTheNewProcess() throws Exception {
        Process process;
        try (OtherSession other = new OtherSession(database)) {
            other.execute("lock table community_admins in access exclusive mode");
            process = fuseUsers.start(Stream.of(command, new String[] {"--max-users", "10"})
                    .flatMap(Stream::of)
                    .toArray(String[]::new));
            other.awaitBlocked(1);
            assertThat(PosixSignal.STOP.sendTo(process)).isTrue();
        }

        replaceAndThaw(process);

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    @Test
    void aProcessThatContinuesWhileTheNewProcessWorksWaitsAndWritesNothing() throws Exception {
        Process process;
        try (OtherSession gate =
                OtherSession.gate(database, "before insert", "fuse_batch.run_outcomes", "new.user_id = 55")) {
            process = fuseUsers.start(command);
            gate.awaitBlocked(1);
            assertThat(PosixSignal.STOP.sendTo(process)).isTrue();
        }

        replaceAndThaw(process);

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
        assertThat(fuseUsers.summary(1)).containsEntry("attempts", 2);
    }

    /** The new process waits for user 155 while the frozen one continues; both exit with 0. */
    private void replaceAndThaw(Process process) throws Exception {
        awaitLockLost();
        Future<FuseUsers.Result> replaced;
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 155 for update");
            replaced = CompletableFuture.supplyAsync(() -> fuseUsers.run(command));
            other.awaitBlocked(1);
            assertThat(PosixSignal.CONT.sendTo(process)).isTrue();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.readString(folder.resolve("out.txt")).contains("trying again"));

            assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 150));
        }
        try {
            replaced.get(60, TimeUnit.SECONDS).exits(0);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
    }

    /** Ignores the lock of the gate. */
    private void awaitLockLost() {
        await().atMost(Duration.ofSeconds(25))
                .until(() -> world.count("select count(*) from pg_locks where locktype = 'advisory'"
                                + " and mode = 'ExclusiveLock' and objid <> 20260101"
                                + " and database = (select oid from pg_database where datname = current_database())")
                        == 0);
    }
}
