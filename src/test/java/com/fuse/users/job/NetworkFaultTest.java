package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FaultyNetwork;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The network between the program and the database drops, breaks or delays traffic. The run survives a short fault. A
 * lasting fault ends the command within a minute and is named in its message. A hung connection never hangs the job.
 */
@ExtendWith(TestPlatform.class)
class NetworkFaultTest {

    private static final int USERS = 300;
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final FaultyNetwork network;
    private final String[] command;

    NetworkFaultTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
        network = new FaultyNetwork(database);
        String input = fuseUsers.input("leavers.csv", crowd.lines());
        command = new String[] {"deactivate", "--yes", "--max-percent", "100", "--chunk-size", "10", input};
    }

    @AfterEach
    void closeNetwork() {
        network.close();
    }

    @ForEachStep
    void aNetworkThatIsSilentForAMomentDoesNotFailTheRun(String when, String table, String condition) throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession gate = OtherSession.gate(database, when, table, condition)) {
            run = start();
            gate.awaitBlocked(1);
            network.goSilent();
        }
        await().atMost(Duration.ofSeconds(25)).until(() -> locksOfRuns() == 0);
        network.recover();

        assertDone(run);
    }

    @Test
    void aNetworkThatStaysSilentFailsTheRunWithinAMinuteAndTheSameCommandResumesIt() throws Exception {
        Future<FuseUsers.Result> run;
        Instant silentSince;
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 55 for update");
            run = start();
            other.awaitBlocked(1);
            network.goSilent();
            silentSince = Instant.now();
        }

        FuseUsers.Result failed = run.get(75, TimeUnit.SECONDS);

        assertThat(Duration.between(silentSince, Instant.now())).isLessThan(MINUTE);
        failed.exits(1);
        assertThat(failed.err().lines().filter(line -> line.startsWith("fuse-users: ")))
                .singleElement()
                .asString()
                .startsWith("fuse-users: run 1 failed: ")
                .endsWith("; the same command resumes it");
        network.recover();
        assertDone(start());
    }

    @Test
    void aDatabaseThatIsSilentFromTheStartIsReportedAsUnreachableWithinAMinute() throws Exception {
        network.goSilent();
        Instant start = Instant.now();

        FuseUsers.Result refused = start().get(75, TimeUnit.SECONDS);

        assertThat(Duration.between(start, Instant.now())).isLessThan(MINUTE);
        refused.exits(75);
        assertThat(refused.err()).startsWith("fuse-users: the database cannot be reached: ");
        assertThat(crowd.untouched()).hasSize(USERS);
    }

    @Test
    void connectionsThatBreakRepeatedlyAreReplacedAndEveryUserIsChangedOnce() throws Exception {
        Random random = new Random(20260104);
        world.execute("create function test_sessions.slowly() returns trigger language plpgsql as $$ begin"
                + " perform pg_sleep(0.1); return null; end $$");
        world.execute("create trigger slowly after insert on fuse_batch.run_chunks for each statement"
                + " execute function test_sessions.slowly()");
        Future<FuseUsers.Result> run = start();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> world.count("select count(*) from fuse_batch.run_chunks") > 0);
        int breaks = 0;
        while (!run.isDone() && breaks < 8) {
            Thread.sleep(random.nextInt(400));
            network.reset();
            breaks++;
        }

        assertThat(breaks).isPositive();
        assertDone(run);
        assertThat(world.count("select count(*) from fuse_batch.batch_job_execution"))
                .isGreaterThan(1);
    }

    @Test
    void aSlowNetworkCausesNoRetry() throws Exception {
        network.delay(Duration.ofMillis(5));

        assertDone(start());
        assertThat(world.count("select count(*) from fuse_batch.batch_job_execution"))
                .isEqualTo(1);
    }

    /** The program waits for room to write, which no read timeout ends. */
    @Test
    @Tag("slow")
    void aNetworkThatGoesSilentWhileTheInputIsSentFailsTheRunWithinAMinute() throws Exception {
        String input = fuseUsers.input(
                "many.csv",
                LongStream.rangeClosed(1, 3_000_000).mapToObj(String::valueOf).toArray(String[]::new));
        Future<FuseUsers.Result> run = CompletableFuture.supplyAsync(
                () -> fuseUsers.run(throughTheNetwork(), "deactivate", "--yes", "--max-percent", "100", input));
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> world.count("select coalesce(sum(tuples_processed), 0) from pg_stat_progress_copy"
                                + " where datname = current_database()")
                        > 100_000);
        network.goSilent();
        Instant silentSince = Instant.now();

        FuseUsers.Result failed = run.get(75, TimeUnit.SECONDS);

        assertThat(Duration.between(silentSince, Instant.now())).isLessThan(MINUTE);
        failed.exits(1);
        assertThat(world.count("select count(*) from fuse_batch.run_rows")).isZero();
        assertThat(crowd.untouched()).hasSize(USERS);
    }

    /** The heartbeat continues, so only the timeout of the statement detects the fault. */
    @Test
    @Tag("slow")
    void aSingleSilentConnectionOfAChunkIsReplaced() throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession gate =
                OtherSession.gate(database, "before insert", "fuse_batch.run_outcomes", "new.user_id = 55")) {
            run = start();
            gate.awaitBlocked(1);
            network.silence(portOfTheBlocked());
        }

        assertDone(run);
    }

    @ParameterizedTest(name = "{0}, when {1}")
    @CsvSource(
            delimiter = '|',
            value = {"fuse_batch.run_rows | new.line = 2", "fuse_batch.run_outcomes | new.user_id = 55"})
    void aSingleBrokenConnectionIsReplaced(String table, String condition) throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession gate = OtherSession.gate(database, "before insert", table, condition)) {
            run = start();
            gate.awaitBlocked(1);
            network.reset(portOfTheBlocked());
        }

        assertDone(run);
    }

    private Future<FuseUsers.Result> start() {
        return CompletableFuture.supplyAsync(() -> fuseUsers.run(throughTheNetwork(), command));
    }

    private Map<String, String> throughTheNetwork() {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put("spring.datasource.url", network.url(database));
        return settings;
    }

    private void assertDone(Future<FuseUsers.Result> run) throws Exception {
        run.get(75, TimeUnit.SECONDS).exits(0);

        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    private int portOfTheBlocked() {
        return Integer.parseInt(world.texts(
                        "select client_port::text from pg_stat_activity where wait_event_type = 'Lock' and usename = ?"
                                + " and datname = current_database()",
                        database.jobUser())
                .get(0));
    }

    /** Ignores the lock of the gate. */
    private long locksOfRuns() {
        return world.count(
                "select count(*) from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock'"
                        + " and objid <> 20260101 and database = (select oid from pg_database where datname = current_database())");
    }
}
