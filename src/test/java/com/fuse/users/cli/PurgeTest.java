package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.job.RunStates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A purge removes every row of the purged run from the job's tables and no row of another run. */
@ExtendWith(TestPlatform.class)
class PurgeTest {

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final EndedRuns ended;

    PurgeTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        ended = new EndedRuns(world, fuseUsers);
    }

    @Test
    void leavesEveryTableAsIfTheRunHadNeverExisted() {
        String input = EveryOutcome.make(world, fuseUsers);
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);
        Map<String, List<String>> before = ended.records();
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);
        ended.age(2, "31 days");
        world.execute("insert into fuse_batch.waits (run_id, attempt, reason) values (2, 1, 'paused')");
        world.execute("insert into fuse_batch.helpers (job_execution_id, account, host) values (2, 'anna', 'ops2')");
        Map<String, List<String>> platform = world.platform();
        assertThat(ended.records()).allSatisfy((table, rows) -> {
            // A run removes its requests when it ends.
            if (!Set.of("fuse_batch.flyway_schema_history", "fuse_batch.int_channel_message")
                    .contains(table)) {
                assertThat(rows)
                        .as(table)
                        .hasSizeGreaterThan(
                                before.getOrDefault(table, List.of()).size());
            }
        });

        FuseUsers.Result purged = fuseUsers.run(EndedRuns.PURGE).exits(0);

        assertThat(purged.err()).isEmpty();
        assertThat(ended.records()).isEqualTo(before);
        assertThat(world.platform()).isEqualTo(platform);
        assertThat(folder.resolve("reports/run-2/summary.json")).exists();
    }

    @Test
    void reportsTheNumberOfPurgedRunsAndRecords() {
        world.users(1, 1);
        ended.complete("1", "40 days");
        ended.complete("1", "50 days");
        ended.complete("1", "20 days");

        FuseUsers.Result purged = fuseUsers.run(EndedRuns.PURGE);
        Instant limit = Instant.now().minus(30, ChronoUnit.DAYS);

        String last = EndedRuns.last(purged.out());
        assertThat(last).matches("Purged 2 runs that ended before \\S+Z: 8 records");
        assertThat(Instant.parse(last.split(":? ")[6])).isBetween(limit.minusSeconds(30), limit);
        assertThat(fuseUsers.run(EndedRuns.PURGE).out())
                .matches(fuseUsers.line() + "Purged 0 runs that ended before \\S+Z: 0 records\n");
        assertThat(RunStates.of(fuseUsers)).containsExactly("3 COMPLETED");
    }

    @Test
    void purgesARefusedRun() {
        Map<String, List<String>> before = ended.records();
        world.user(1);
        fuseUsers
                .run("deactivate", "--yes", "--max-percent", "1", "--user", "1")
                .exits(77);
        ended.age(1, "31 days");
        ended.refused("31 days");

        assertThat(EndedRuns.last(fuseUsers.run(EndedRuns.PURGE).out())).startsWith("Purged 2 runs ");

        assertThat(ended.records()).isEqualTo(before);
    }

    @Test
    void findsTheMetadataOfARunWithoutAReferenceToThem() {
        Map<String, List<String>> before = ended.records();
        world.user(1);
        ended.complete("1", "31 days");
        world.execute("update fuse_batch.runs set job_instance_id = null");

        fuseUsers.run(EndedRuns.PURGE);

        assertThat(ended.records()).isEqualTo(before);
    }

    @Test
    void neverPurgesARunThatCanBeResumed() {
        world.users(1, 2);
        world.breakChunks();
        String input = fuseUsers.input("users.csv", "user_id", "1", "2", "2");
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);
        fuseUsers.run("deactivate", "--yes", "--user", "3");
        world.execute("update fuse_batch.batch_job_execution set status = 'STARTED' where job_execution_id = 2");
        world.execute("update fuse_batch.runs set started_at = now() - interval '1000 days'");
        Map<String, List<String>> before = ended.records();
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 FAILED", "2 INTERRUPTED");

        FuseUsers.Result purged = fuseUsers.run("runs", "purge", "--yes", "--older-than", "0d");

        assertThat(EndedRuns.last(purged.out())).startsWith("Purged 0 runs ");
        assertThat(ended.records()).isEqualTo(before);
        world.mendChunks();
        fuseUsers
                .run("deactivate", "--yes", "--max-bad-percent=100", "--accept-skips", input)
                .exits(0);
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 COMPLETED", "2 INTERRUPTED");
        assertThat(world.count("select count(*) from users where not active")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan_run_id", "undone_run_id"})
    void keepsARunThatARemainingRunRefersTo(String reference) {
        world.user(1);
        ended.complete("1", "60 days");
        ended.complete("1", "50 days");
        ended.complete("1", "20 days");
        world.execute("update fuse_batch.runs set " + reference + " = id - 1 where id > 1");
        Map<String, List<String>> before = ended.records();

        assertThat(EndedRuns.last(fuseUsers.run(EndedRuns.PURGE).out())).startsWith("Purged 0 runs ");
        assertThat(ended.records()).isEqualTo(before);

        ended.age(3, "40 days");
        assertThat(EndedRuns.last(fuseUsers.run(EndedRuns.PURGE).out())).startsWith("Purged 3 runs ");
        assertThat(ended.runs()).isEmpty();
    }

    @Test
    void keepsARunThatANewRunStartsToReferToMeanwhile() throws Exception {
        world.user(1);
        ended.complete("1", "31 days");
        Process purge;
        try (OtherSession undo = new OtherSession(database)) {
            undo.execute(
                    "insert into fuse_batch.runs (command, dry_run, run_key, input_kind, input_name, input_digest,"
                            + " started_at, undone_run_id) values ('undo', false, sha256('key'), 'run', 'run 1', sha256('digest'), now(), 1)");
            purge = fuseUsers.start(EndedRuns.PURGE);
            undo.awaitBlocked(1);
            undo.commit();
        }

        assertThat(purge.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(purge.exitValue()).isZero();
        assertThat(EndedRuns.last(Files.readString(folder.resolve("out.txt")))).startsWith("Purged 0 runs ");
        assertThat(world.count("select count(*) from fuse_batch.runs where purge_started_at is null"))
                .isEqualTo(2);
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes")).isEqualTo(1);
    }

    @Test
    void keepsARunWhoseRecordIsUsedAfterItWasMarked() {
        ended.refused("31 days");
        ended.refused("1 day");
        world.execute("update fuse_batch.runs set purge_started_at = now() where id = 1");
        world.execute("update fuse_batch.runs set undone_run_id = 1 where id = 2");

        FuseUsers.Result purged = fuseUsers.run(EndedRuns.PURGE).exits(0);

        assertThat(EndedRuns.last(purged.out())).startsWith("Purged 0 runs ");
        assertThat(ended.runs()).containsExactly("1", "2");
    }

    @Test
    void keepsARunWhileItsProcessIsAlive() {
        world.user(1);
        ended.complete("1", "31 days");
        Map<String, List<String>> before = ended.records();
        try (OtherSession process = new OtherSession(database)) {
            process.execute("select pg_advisory_lock(('x' || encode(substr(run_key, 1, 8), 'hex'))::bit(64)::bigint)"
                    + " from fuse_batch.runs");

            assertThat(EndedRuns.last(fuseUsers.run(EndedRuns.PURGE).out())).startsWith("Purged 0 runs ");
            assertThat(ended.records()).isEqualTo(before);
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        EndedRuns.last(fuseUsers.run(EndedRuns.PURGE).out()).startsWith("Purged 1 run that"));
    }
}
