package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the database or of the report directory is full. The run loses nothing, and the same command resumes it
 * once there is room. Mounts small file systems in memory, which requires Linux and root.
 */
@Tag("slow")
class FullDiskTest {

    private static final int USERS = 3_000;

    private final TestDatabase database = TestDatabase.create();
    private final World world = new World(database);
    private final Crowd crowd = new Crowd(world, USERS);
    private final Path disk;
    private final FuseUsers fuseUsers;
    private final String input;

    FullDiskTest(@TempDir Path folder) throws IOException {
        disk = Files.createDirectory(folder.resolve("disk"));
        fuseUsers = new FuseUsers(database, folder);
        input = fuseUsers.input("leavers.csv", crowd.lines());
    }

    @BeforeEach
    void mount() throws Exception {
        execute("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        database.close();
        execute("umount", "--lazy", disk.toString());
    }

    @Test
    void aFullDatabaseDiskFailsTheRunWithinAMinute() {
        world.execute("create tablespace small location '" + disk + "'");
        try {
            world.execute("alter table fuse_batch.run_outcomes set tablespace small");
            leaveLittleRoom();
            Instant start = Instant.now();

            FuseUsers.Result failed = deactivate();

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
            failed.exits(1);
            assertThat(failed.err().lines().filter(line -> line.startsWith("fuse-users: ")))
                    .singleElement()
                    .asString()
                    .matches("fuse-users: run 1 failed: could not extend file .*: No space left on device"
                            + " \\(SQLSTATE 53100\\); the same command resumes it");
            assertThat(crowd.deactivated()).isNotEmpty().hasSizeLessThan(USERS);
            world.execute("drop table test_sessions.filler");
            assertDone(deactivate());
        } finally {
            world.execute("alter table fuse_batch.run_outcomes set tablespace pg_default");
            world.execute("drop tablespace small");
        }
    }

    @Test
    void aFullReportDiskFailsTheRunAndTheSameCommandWritesTheReport() throws Exception {
        execute("mount", "-o", "remount,size=64k", disk.toString());

        FuseUsers.Result failed = deactivate("--report-dir", disk.toString()).exits(1);

        assertThat(failed.err())
                .endsWith("fuse-users: run 1 failed: the report cannot be written to " + disk + "/run-1"
                        + " (No space left on device); the same command resumes it\n");
        assertThat(crowd.deactivated()).hasSize(USERS);
        assertThat(disk.resolve("run-1/outcomes.csv")).doesNotExist();
        assertDone(deactivate());
    }

    /** Leaves room for the outcomes of a few chunks: fills the tablespace and then frees a part of it. */
    private void leaveLittleRoom() {
        world.execute("create table test_sessions.spare tablespace small as"
                + " select repeat('x', 1000) as filling from generate_series(1, 150)");
        world.execute("create table test_sessions.filler (filling text) tablespace small");
        world.execute("""
                do $$
                begin
                    loop
                        insert into test_sessions.filler values (repeat('x', 1000));
                    end loop;
                exception when disk_full then
                    drop table test_sessions.spare;
                end $$""");
    }

    private FuseUsers.Result deactivate(String... options) {
        String[] command = {"deactivate", "--yes", "--max-percent", "100", "--chunk-size", "100", input};
        String[] all = Stream.of(command, options).flatMap(Stream::of).toArray(String[]::new);
        return fuseUsers.run(all);
    }

    private void assertDone(FuseUsers.Result result) {
        result.exits(0);
        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    private static void execute(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
