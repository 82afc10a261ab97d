package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The process is killed at a chosen moment, and the same command resumes the same run. It loses nothing and repeats
 * nothing.
 */
@ExtendWith(TestPlatform.class)
class KilledProcessTest {

    private static final int USERS = 200;

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private String input = "";

    KilledProcessTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
    }

    @BeforeEach
    void writeInput() {
        input = fuseUsers.input("leavers.csv", crowd.lines());
    }

    @Test
    void theInterruptedChunkIsRolledBackAndEarlierChunksStay() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 55 for update");
            killWhenBlockedBy(other, "--chunk-size", "10", "--partitions", "1");

            assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 50));
            assertThat(crowd.untouched()).isEqualTo(Crowd.ids(51, USERS));
            assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, 50));
            assertThat(states()).containsExactly("1 INTERRUPTED");
        }

        assertThat(run("--chunk-size", "10", "--partitions", "1").out())
                .contains(fuseUsers.opened(1) + "deactivate " + input + ", resumed");

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
        assertThat(world.count("select count(*) from fuse_batch.run_chunks")).isEqualTo(20);
        assertThat(states()).containsExactly("1 COMPLETED");
        assertThat(fuseUsers.summary(1)).containsEntry("attempts", 2).containsEntry("exit_code", 0);
        assertThat(reportFolders()).containsExactly("run-1");
    }

    @Test
    void everyPartitionResumes() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id in (25, 155) for update");
            killWhenBlockedBy(other, 2, "--chunk-size", "10", "--partitions", "2");
        }
        assertThat(crowd.deactivated()).contains(20L, 141L).doesNotContain(25L, 155L);

        // Part of it is done: the guard has judged, and does not stop half-way.
        run("--chunk-size", "10", "--partitions", "2", "--max-users", "10");

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    @Test
    void aKillDuringStagingLeavesNoStagedRow() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("lock table fuse_batch.run_users in exclusive mode");
            killWhenBlockedBy(other);

            assertThat(world.count("select count(*) from fuse_batch.run_rows")).isZero();
            assertThat(world.texts("select row_count::text from fuse_batch.runs"))
                    .containsOnlyNulls();
        }

        run();

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    @Test
    void aKillBetweenTheStagedRowsAndTheirStepRecordLosesNothing() throws Exception {
        try (OtherSession gate = OtherSession.gate(
                database,
                "before update",
                "fuse_batch.batch_step_execution",
                "new.step_name = 'stage' and new.status = 'COMPLETED'")) {
            killWhenBlockedBy(gate);
            assertThat(world.count("select count(*) from fuse_batch.run_rows")).isEqualTo(USERS);
        }

        run();

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    @Test
    void afterAKillDuringTheReportOnlyTheReportIsRepeated() throws Exception {
        try (OtherSession gate =
                OtherSession.gate(database, "before update", "fuse_batch.runs", "new.ended_at is not null")) {
            killWhenBlockedBy(gate);
            assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
            assertThat(reportFolders()).isEmpty();
        }

        run();

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
        assertThat(world.texts("select step_name from fuse_batch.batch_step_execution where job_execution_id ="
                        + " (select max(job_execution_id) from fuse_batch.batch_job_execution) order by 1"))
                .containsExactly("preflight", "report");
    }

    @Test
    void aRenamedInputResumesTheRunAndAChangedInputMakesAnotherRun() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 55 for update");
            killWhenBlockedBy(other, "--chunk-size", "10", "--partitions", "1");
        }
        Path renamed = Files.move(Path.of(input), folder.resolve("renamed.csv"));
        input = fuseUsers.input("leavers.csv", "user_id", "1", "60");

        FuseUsers.Result changed = run();

        assertThat(changed.out()).contains(fuseUsers.opened(2) + "deactivate " + input + "\n");
        assertThat(crowd.deactivated())
                .isEqualTo(
                        Stream.concat(Crowd.ids(1, 50).stream(), Stream.of(60L)).toList());
        assertThat(states()).containsExactly("1 INTERRUPTED", "2 COMPLETED");

        String original = input;
        input = renamed.toString();

        assertThat(run().out()).contains(fuseUsers.opened(1) + "deactivate " + original + ", resumed");
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
        assertThat(world.texts("select outcome || ' ' || count(*) from fuse_batch.run_outcomes where run_id = 1"
                        + " group by outcome"))
                .containsExactlyInAnyOrder("DEACTIVATED 199", "ALREADY_INACTIVE 1");
        assertThat(states()).containsExactly("1 COMPLETED", "2 COMPLETED");
    }

    @Test
    void everyAttemptMayHaveItsOwnPartitionsAndChunkSize() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id in (25, 155) for update");
            killWhenBlockedBy(other, 2, "--chunk-size", "10", "--partitions", "2");
        }
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id in (55, 185) for update");
            killWhenBlockedBy(other, 2, "--chunk-size", "3", "--partitions", "2");
        }

        run("--chunk-size", "7", "--partitions", "1");

        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, USERS));
        assertThat(fuseUsers.report(1, "removed-memberships.csv")).isEqualTo(Crowd.removedMemberships(1, USERS));
    }

    @Test
    void afterAKillDuringPartitioningThePartitionsAreMadeAgain() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            // The row of a step's context is inserted empty and updated afterwards; the update waits here.
            other.execute("create function wait_here() returns trigger language plpgsql as $$ begin"
                    + " if exists (select from fuse_batch.batch_step_execution s where s.step_execution_id ="
                    + " new.step_execution_id and s.step_name like 'users:%') then"
                    + " perform pg_advisory_xact_lock(4711); end if; return new; end $$");
            other.execute("create trigger wait_here before insert or update on fuse_batch.batch_step_execution_context"
                    + " for each row execute function wait_here()");
            other.commit();
            other.execute("select pg_advisory_xact_lock(4711)");
            killWhenBlockedBy(other, 1);
        }
        world.execute("drop trigger wait_here on fuse_batch.batch_step_execution_context");

        run();

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    @Test
    void theGuardJudgesAgainIfTheKilledProcessChangedNothing() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 1 for update");
            killWhenBlockedBy(other, "--partitions", "1");
        }

        FuseUsers.Result refused = fuseUsers.run(command("--max-users", "10")).exits(77);

        assertThat(refused.err()).contains("200 users would be deactivated, more than --max-users 10");
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(1, USERS));
        assertThat(states()).containsExactly("1 REFUSED");
    }

    private void killWhenBlockedBy(OtherSession other, String... options) throws InterruptedException {
        killWhenBlockedBy(other, 1, options);
    }

    private void killWhenBlockedBy(OtherSession other, int sessions, String... options) throws InterruptedException {
        Process process = fuseUsers.start(command(options));
        try {
            other.awaitBlocked(sessions);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(137);
    }

    private FuseUsers.Result run(String... options) {
        FuseUsers.Result result = fuseUsers.run(command(options)).exits(0);
        return result;
    }

    private String[] command(String... options) {
        return Stream.concat(Stream.of("deactivate", "--yes", "--max-percent", "100", input), Stream.of(options))
                .toArray(String[]::new);
    }

    private List<String> states() {
        return RunStates.of(fuseUsers);
    }

    private List<String> reportFolders() throws IOException {
        Path reports = folder.resolve("reports");
        try (Stream<Path> runs = Files.list(reports)) {
            return runs.map(run -> run.getFileName().toString()).toList();
        }
    }
}
