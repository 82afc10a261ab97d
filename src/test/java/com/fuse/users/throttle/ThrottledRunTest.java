package com.fuse.users.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.OtherSession;
import com.fuse.users.PosixSignal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.job.RunStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run waits between two chunks while the platform is in trouble, and holds nothing meanwhile (contract, section 9). */
@ExtendWith(TestPlatform.class)
class ThrottledRunTest {

    private static final int USERS = 200;

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final String input;

    ThrottledRunTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
        input = fuseUsers.input("leavers.csv", crowd.lines());
        world.execute("create table public.trouble (since timestamptz default now())");
        world.execute("grant select on public.trouble to public");
    }

    @Test
    void aRunWaitsWithoutATransactionOrALockAndThenGoesOn() throws Exception {
        trouble();
        Process run = start();
        awaitWait("query");

        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(1, USERS));
        // A health check is a transaction too, but a short one.
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> world.texts(
                        "select state from pg_stat_activity where application_name = 'fuse-users'"
                                + " and xact_start < clock_timestamp() - interval '500 ms'")
                .isEmpty());
        assertThat(world.texts("select c.relname from pg_locks l join pg_class c on c.oid = l.relation"
                        + " where c.relnamespace = 'public'::regnamespace and l.mode like '%Exclusive%'"))
                .isEmpty();
        wellAgain();
        assertEnds(run, 0);

        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
        assertThat(world.texts("select reason from fuse_batch.waits")).containsExactly("query");
        assertThat(out())
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

        assertThat(world.texts("select reason from fuse_batch.waits")).containsExactly("blocked");
        assertThat(out()).contains("Waited ", "s: lock waits ");
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
        Process run;
        CompletableFuture<Void> other;
        try (OtherSession gate = OtherSession.gate(database, "before update", "public.users", "new.id = 60")) {
            run = start();
            gate.awaitBlocked(1);
            other = CompletableFuture.runAsync(
                    () -> world.execute("update users set first_name = 'New' where id between 41 and 45"));
            awaitLongLockWait();
            assertThat(other).isNotDone();
            meanwhile.run();
        }
        awaitWait("blocked");
        other.get(10, TimeUnit.SECONDS);
        assertEnds(run, 0);
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
    }

    @Test
    void aSignalEndsTheWaitAtOnce() throws Exception {
        trouble();
        Process run = start();
        awaitWait("query");

        assertThat(PosixSignal.TERM.sendTo(run)).isTrue();

        assertThat(run.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(143);
        assertResumes();
    }

    @Test
    void aStopRequestEndsTheWait() throws Exception {
        trouble();
        Process run = start();
        awaitWait("query");

        fuseUsers.run("stop", "1").exits(0);

        assertEnds(run, 143);
        assertResumes();
    }

    @Test
    void aRunThatHasWaitedForTooLongEndsAndCanBeResumed() {
        trouble();

        Result ended = fuseUsers.run(command("--max-pause", "2s")).exits(75);

        assertThat(ended.err().lines().reduce((first, last) -> last).orElseThrow())
                .matches("fuse-users: run 1 was stopped, because it waited for [2-4] s, as long as --max-pause allows:"
                        + " the throttle query returns 1; the same command resumes it where it stands");
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(1, USERS));
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 STOPPED");
        assertResumes();
    }

    @Test
    void anOperatorPausesARunAndLetsItGoOn() throws Exception {
        trouble();
        Process run = start();
        awaitWait("query");

        Result paused = fuseUsers.run("pause", "1").exits(0);
        assertThat(paused.out())
                .isEqualTo(fuseUsers.line() + "Run 1 waits after its current chunk; \"resume 1\" lets it go on\n");
        awaitWait("paused");
        assertShowsThePause();
        wellAgain();
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(6))
                .until(() -> crowd.untouched().size() == USERS);

        Result resumed = fuseUsers.run("resume", "1").exits(0);
        assertThat(resumed.out()).isEqualTo(fuseUsers.line() + "Run 1 continues as soon as no limit is exceeded\n");
        assertEnds(run, 0);
        assertThat(world.texts("select reason from fuse_batch.waits order by id"))
                .containsExactly("query", "paused");
        assertThat(fuseUsers.run("runs", "show", "1").out()).doesNotContain("Paused");
    }

    private void assertShowsThePause() {
        String since = world.texts("select to_char(pause_requested_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')"
                        + " from fuse_batch.runs")
                .get(0);

        assertThat(fuseUsers.run("runs", "show", "1").out())
                .containsPattern("\nRun 1 is running: .*\nPaused since " + since
                        + "Z; to let it go on, run: fuse-users resume 1\n");
        assertThat(fuseUsers.run("runs").out()).contains("  RUNNING, paused  ");
        assertThat(JsonMapper.shared()
                        .readTree(fuseUsers.run("runs", "show", "1", "--json").out())
                        .get("paused_since")
                        .asString())
                .startsWith(since);
    }

    @Test
    void aPausedRunThatWasStoppedSaysHowToLetItGoOn() throws Exception {
        trouble();
        Process run = start();
        awaitWait("query");
        fuseUsers.run("pause", "1").exits(0);
        assertThat(PosixSignal.TERM.sendTo(run)).isTrue();
        assertEnds(run, 143);

        String pause = "\nPaused since \\S+; to let it go on, run: fuse-users resume 1\n";
        assertThat(out())
                .containsPattern("\nSo far: 0 of 200 users done, .*" + pause + "Resume: the same command, or: ");
        assertThat(fuseUsers.run("runs").out()).contains("  STOPPED, paused  ");
        fuseUsers.run("runs", "report", "1").exits(0);
        assertThat(fuseUsers.reportText(1, "report.html"))
                .containsPattern("<dt>Pause</dt><dd>Paused since \\S+; to let it go on, run: fuse-users resume 1</dd>");
    }

    /** The record of a wait ends with the last check, and so does the time that the killed attempt worked. */
    @Test
    void aKillDuringAWaitLosesNothingAndTheRunStaysPaused() throws Exception {
        trouble();
        Process killed = start();
        awaitWait("query");
        fuseUsers.run("pause", "1").exits(0);
        awaitWait("paused");
        killed.destroyForcibly().waitFor();
        wellAgain();

        Process run = start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> world.count("select count(*) from fuse_batch.waits where reason = 'paused'") == 2);
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(1, USERS));
        fuseUsers.run("resume", "1").exits(0);

        assertEnds(run, 0);
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .containsPattern("Waited [\\d.]+ s: .*throttle query [\\d.]+ s");
        assertThat(world.texts("select attempt || ' ' || reason from fuse_batch.waits order by id"))
                .containsExactly("1 query", "1 paused", "2 paused");
        JsonNode attempts = JsonMapper.shared()
                .readTree(fuseUsers.reportText(1, "summary.json"))
                .get("attempt_figures");
        for (int attempt = 1; attempt <= 2; attempt++) {
            long waited = world.count(
                    "select (extract(epoch from sum(last_checked_at - began_at)) * 1000)::bigint from fuse_batch.waits"
                            + " where attempt = ?",
                    attempt);
            assertThat(attempts.get(attempt - 1).get("seconds").asDouble() * 1000)
                    .isGreaterThan(waited);
        }
    }

    @Test
    void aRunThatHasEndedCannotBePaused() {
        fuseUsers.run(command()).exits(0);

        for (String request : List.of("pause", "resume")) {
            assertThat(fuseUsers.run(request, "1").exits(64).err())
                    .isEqualTo("fuse-users: no process is working on run 1; \"runs\" shows its state\n");
        }
    }

    @Test
    void theFirstLinesSayWhatIsMonitoredAndWhatIsNot() {
        Result run = fuseUsers.run(command()).exits(0);

        assertThat(run.out().lines().skip(1).findFirst())
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
                fuseUsers.run("deactivate", "--yes", option, value, input).exits(78);

        assertThat(refused.err()).isEqualTo("fuse-users: " + message.formatted(database.jobUser()) + "\n");
        assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"--max-blocked, 5", "--max-pause, soon", "--max-replica-lag, -1s"})
    void aTimeNeedsItsUnit(String option, String value) {
        assertThat(fuseUsers
                        .run("deactivate", "--yes", option, value, input)
                        .exits(64)
                        .err())
                .isEqualTo(
                        "fuse-users: Invalid value for option '%s': '%s' is not a time such as 500ms, 5s, 30m or PT5S;"
                                        .formatted(option, value)
                                + " see \"fuse-users deactivate --help\"\n");
    }

    private void trouble() {
        world.execute("insert into trouble default values");
    }

    private void wellAgain() {
        world.execute("delete from trouble");
    }

    private Process start() {
        return fuseUsers.start(command());
    }

    private String[] command(String... options) {
        return Stream.concat(
                        Stream.of(
                                "deactivate",
                                "--yes",
                                "--max-percent=100",
                                "--chunk-size=20",
                                "--throttle-query=select count(*) from public.trouble",
                                input),
                        Stream.of(options))
                .toArray(String[]::new);
    }

    /** Longer than the limit and a check. */
    private void awaitLongLockWait() {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        world.count("select count(*) from pg_locks where not granted and locktype = 'transactionid'"
                                        + " and waitstart < clock_timestamp() - interval '3 s'")
                                == 1);
    }

    private void awaitWait(String reason) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> world.count("select count(*) from fuse_batch.waits where reason = ?", reason) == 1);
    }

    private void assertEnds(Process run, int exit) throws InterruptedException, IOException {
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue())
                .as(Files.readString(folder.resolve("err.txt")))
                .isEqualTo(exit);
    }

    private void assertResumes() {
        wellAgain();
        fuseUsers.run(command()).exits(0);
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
        assertThat(world.count("select count(*) from fuse_batch.runs")).isEqualTo(1);
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }
}
