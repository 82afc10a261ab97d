package com.fuse.users.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run waits between two chunks while the platform is in trouble, and holds nothing meanwhile (contract, section 9). */
@ExtendWith(TestPlatform.class)
class ThrottledRunTest {

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final TroubledRun run;

    ThrottledRunTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        run = new TroubledRun(world, folder, fuseUsers);
    }

    @Test
    void aRunWaitsWithoutATransactionOrALockAndThenGoesOn() throws Exception {
        run.trouble();
        Process process = run.start();
        run.awaitWait("query");

        run.assertUntouched();
        // A health check is a transaction too, but a short one.
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> world.texts(
                        "select state from pg_stat_activity where application_name = 'fuse-users'"
                                + " and xact_start < clock_timestamp() - interval '500 ms'")
                .isEmpty());
        assertThat(world.texts("select c.relname from pg_locks l join pg_class c on c.oid = l.relation"
                        + " where c.relnamespace = 'public'::regnamespace and l.mode like '%Exclusive%'"))
                .isEmpty();
        run.wellAgain();
        run.assertEnds(process, 0);

        run.assertAllDeactivated();
        assertThat(run.waits()).containsExactly("1 query");
        assertThat(run.out())
                .containsPattern(
                        "(?m)^Waited [\\d.]+ s: throttle query [\\d.]+ s \\(1 time\\); [\\d,]+ rows/s without the waits$");
        JsonNode summary = JsonMapper.shared().readTree(fuseUsers.reportText(1, "summary.json"));
        assertThat(summary.get("waits").toString())
                .matches("\\[\\{\"reason\":\"query\",\"times\":1,\"seconds\":[3-9]\\.\\d+}]");
        assertThat(summary.get("rows_per_second_without_waits").asLong())
                .isGreaterThan(summary.get("rows_per_second").asLong());
        assertThat(fuseUsers.reportText(1, "report.html"))
                .containsPattern("<dt>Waits</dt><dd>Waited [\\d.]+ s: throttle query ");
    }

    /** The chunk that holds the lock commits first; the run waits before the next one. */
    @Test
    void aRunLetsASessionPassThatWaitsForItsLock() throws Exception {
        endsAfterALockWait(() -> {});

        assertThat(run.waits()).containsExactly("1 blocked");
        assertThat(run.out()).contains("Waited ", "s: lock waits ");
    }

    @Test
    void anotherRunDoesNotWaitForTheLockWaitOfThisOne() throws Exception {
        endsAfterALockWait(() -> fuseUsers
                .run("deactivate", "--yes", "--chunk-size", "1", "--user", "190", "--user", "191")
                .exits(0));

        assertThat(world.texts("select run_id || ' ' || reason from fuse_batch.waits"))
                .containsExactly("1 blocked");
    }

    /** A chunk of the run stands still while another session waits for one of its users. */
    private void endsAfterALockWait(Runnable meanwhile) throws Exception {
        Process process;
        CompletableFuture<Void> other;
        try (OtherSession gate = OtherSession.gate(database, "before update", "public.users", "new.id = 60")) {
            process = run.start();
            gate.awaitBlocked(1);
            other = CompletableFuture.runAsync(
                    () -> world.execute("update users set first_name = 'New' where id between 41 and 45"));
            awaitLongLockWait();
            assertThat(other).isNotDone();
            meanwhile.run();
        }
        run.awaitWait("blocked");
        other.get(10, TimeUnit.SECONDS);
        run.assertEnds(process, 0);
        run.assertAllDeactivated();
    }

    @Test
    void theFirstLinesSayWhatIsMonitoredAndWhatIsNot() {
        Result ended = fuseUsers.run(run.command()).exits(0);

        assertThat(ended.out().lines().skip(1).findFirst())
                .hasValue("Monitored: lock waits, throttle query; not monitored: archive backlog (archive_mode is off),"
                        + " replica lag (grant pg_read_all_stats to " + database.jobUser() + ")");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --max-replica-lag | 5s | --max-replica-lag cannot be monitored: grant pg_read_all_stats to %s; to run without this limit, leave the option out
            --max-archive-backlog | 9 | --max-archive-backlog cannot be monitored: archive_mode is off; to run without this limit, leave the option out
            --throttle-query | selec 1 | --throttle-query fails: syntax error at or near "1" (SQLSTATE 42601); correct the query: selec 1
            --throttle-query | select null::int | --throttle-query returns no number; correct the query: select null::int
            --throttle-query | delete from trouble returning 1 | --throttle-query fails: syntax error at or near "from" (SQLSTATE 42601); correct the query: delete from trouble returning 1
            """)
    void aLimitThatIsGivenAndCannotBeMonitoredIsRefused(String option, String value, String message) {
        Result refused =
                fuseUsers.run("deactivate", "--yes", option, value, run.input()).exits(78);

        assertThat(refused.err()).isEqualTo("fuse-users: " + message.formatted(database.jobUser()) + "\n");
        assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"--max-blocked, 5", "--max-pause, soon", "--max-replica-lag, -1s"})
    void aTimeNeedsItsUnit(String option, String value) {
        assertThat(fuseUsers
                        .run("deactivate", "--yes", option, value, run.input())
                        .exits(64)
                        .err())
                .isEqualTo(
                        "fuse-users: Invalid value for option '%s': '%s' is not a time such as 500ms, 5s, 30m or PT5S;"
                                        .formatted(option, value)
                                + " see \"fuse-users deactivate --help\"\n");
    }

    /** Longer than the limit and a check. */
    private void awaitLongLockWait() {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        world.count("select count(*) from pg_locks where not granted and locktype = 'transactionid'"
                                        + " and waitstart < clock_timestamp() - interval '3 s'")
                                == 1);
    }
}
