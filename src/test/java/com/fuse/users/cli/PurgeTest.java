package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A purge removes every row of the purged run from the job's tables and no row of another run. */
@ExtendWith(TestPlatform.class)
record PurgeTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {

    private static final String[] PURGE = {"runs", "purge", "--older-than", "30d", "--yes"};

    @Test
    void leavesEveryTableAsIfTheRunHadNeverExisted() {
        String input = EveryOutcome.make(world, fuseUsers);
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);
        Map<String, List<String>> before = records();
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);
        age(2, "31 days");
        Map<String, List<String>> platform = world.platform();
        assertThat(records()).allSatisfy((table, rows) -> {
            if (!table.equals("fuse_batch.flyway_schema_history")) {
                assertThat(rows)
                        .as(table)
                        .hasSizeGreaterThan(
                                before.getOrDefault(table, List.of()).size());
            }
        });

        FuseUsers.Result purged = fuseUsers.run(PURGE).exits(0);

        assertThat(purged.err()).isEmpty();
        assertThat(records()).isEqualTo(before);
        assertThat(world.platform()).isEqualTo(platform);
        assertThat(folder.resolve("reports/run-2/summary.json")).exists();
    }

    @Test
    void reportsTheNumberOfPurgedRunsAndRecords() {
        world.users(1, 1);
        complete("1", "40 days");
        complete("1", "50 days");
        complete("1", "20 days");

        FuseUsers.Result purged = fuseUsers.run(PURGE);
        Instant limit = Instant.now().minus(30, ChronoUnit.DAYS);

        String last = last(purged.out());
        assertThat(last).matches("Purged 2 runs that ended before \\S+Z: 8 records");
        assertThat(Instant.parse(last.split(":? ")[6])).isBetween(limit.minusSeconds(30), limit);
        assertThat(fuseUsers.run(PURGE).out())
                .matches(fuseUsers.line() + "Purged 0 runs that ended before \\S+Z: 0 records\n");
        assertThat(states()).containsExactly("3 COMPLETED");
    }

    @ParameterizedTest
    @CsvSource({
        "30d, 31 days, 29 days",
        "P30D, 31 days, 29 days",
        "30D, 31 days, 29 days",
        "12h, 13 hours, 11 hours",
        "PT12H, 13 hours, 11 hours",
        "PT45M, 46 minutes, 44 minutes",
        "0d, 1 second, -1 hour",
        "100000000000000d, 1000 years, 20 years"
    })
    void purgesRunsThatEndedLongerAgo(String age, String older, String younger) {
        refused(older);
        refused(younger);

        fuseUsers.run("runs", "purge", "--yes", "--older-than", age).exits(0);

        assertThat(runs()).containsExactly("2");
    }

    @Test
    void usesTheEndOfARunNotItsStart() {
        refused("1 day");
        world.execute("update fuse_batch.runs set started_at = now() - interval '100 days'");

        fuseUsers.run(PURGE);

        assertThat(runs()).containsExactly("1");
    }

    @Test
    void purgesARefusedRun() {
        Map<String, List<String>> before = records();
        world.user(1);
        fuseUsers.run("deactivate", "--user", "1").exits(77);
        age(1, "31 days");
        refused("31 days");

        assertThat(last(fuseUsers.run(PURGE).out())).startsWith("Purged 2 runs ");

        assertThat(records()).isEqualTo(before);
    }

    @Test
    void findsTheMetadataOfARunWithoutAReferenceToThem() {
        Map<String, List<String>> before = records();
        world.user(1);
        complete("1", "31 days");
        world.execute("update fuse_batch.runs set job_instance_id = null");

        fuseUsers.run(PURGE);

        assertThat(records()).isEqualTo(before);
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
        Map<String, List<String>> before = records();
        assertThat(states()).containsExactly("1 FAILED", "2 INTERRUPTED");

        FuseUsers.Result purged = fuseUsers.run("runs", "purge", "--yes", "--older-than", "0d");

        assertThat(last(purged.out())).startsWith("Purged 0 runs ");
        assertThat(records()).isEqualTo(before);
        world.mendChunks();
        fuseUsers
                .run("deactivate", "--yes", "--max-bad-percent=100", "--accept-skips", input)
                .exits(0);
        assertThat(states()).containsExactly("1 COMPLETED", "2 INTERRUPTED");
        assertThat(world.count("select count(*) from users where not active")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan_run_id", "undone_run_id"})
    void keepsARunThatARemainingRunRefersTo(String reference) {
        world.user(1);
        complete("1", "60 days");
        complete("1", "50 days");
        complete("1", "20 days");
        world.execute("update fuse_batch.runs set " + reference + " = id - 1 where id > 1");
        Map<String, List<String>> before = records();

        assertThat(last(fuseUsers.run(PURGE).out())).startsWith("Purged 0 runs ");
        assertThat(records()).isEqualTo(before);

        age(3, "40 days");
        assertThat(last(fuseUsers.run(PURGE).out())).startsWith("Purged 3 runs ");
        assertThat(runs()).isEmpty();
    }

    @Test
    void keepsARunThatANewRunStartsToReferToMeanwhile() throws Exception {
        world.user(1);
        complete("1", "31 days");
        Process purge;
        try (OtherSession undo = new OtherSession(database)) {
            undo.execute(
                    "insert into fuse_batch.runs (command, dry_run, run_key, input_kind, input_name, input_digest,"
                            + " started_at, undone_run_id) values ('undo', false, sha256('key'), 'run', 'run 1', sha256('digest'), now(), 1)");
            purge = fuseUsers.start(PURGE);
            undo.awaitBlocked(1);
            undo.commit();
        }

        assertThat(purge.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(purge.exitValue()).isZero();
        assertThat(last(Files.readString(folder.resolve("out.txt")))).startsWith("Purged 0 runs ");
        assertThat(world.count("select count(*) from fuse_batch.runs where purge_started_at is null"))
                .isEqualTo(2);
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes")).isEqualTo(1);
    }

    @Test
    void keepsARunWhoseRecordIsUsedAfterItWasMarked() {
        refused("31 days");
        refused("1 day");
        world.execute("update fuse_batch.runs set purge_started_at = now() where id = 1");
        world.execute("update fuse_batch.runs set undone_run_id = 1 where id = 2");

        FuseUsers.Result purged = fuseUsers.run(PURGE).exits(0);

        assertThat(last(purged.out())).startsWith("Purged 0 runs ");
        assertThat(runs()).containsExactly("1", "2");
    }

    @Test
    void keepsARunWhileItsProcessIsAlive() {
        world.user(1);
        complete("1", "31 days");
        Map<String, List<String>> before = records();
        try (OtherSession process = new OtherSession(database)) {
            process.execute("select pg_advisory_lock(('x' || encode(substr(run_key, 1, 8), 'hex'))::bit(64)::bigint)"
                    + " from fuse_batch.runs");

            assertThat(last(fuseUsers.run(PURGE).out())).startsWith("Purged 0 runs ");
            assertThat(records()).isEqualTo(before);
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> last(fuseUsers.run(PURGE).out()).startsWith("Purged 1 run that"));
    }

    @Test
    void deletesInCommittedBatches() {
        many(25_000);
        world.execute("create table public.batches (tx xid8, tab text, n bigint)");
        world.execute("grant insert on public.batches to public");
        world.execute("create function test_sessions.note() returns trigger language plpgsql as $$ begin"
                + " insert into public.batches select pg_current_xact_id(), tg_table_name, count(*) from gone;"
                + " return null; end $$");
        for (String table : List.of("run_rows", "run_users", "run_outcomes", "run_chunks", "runs")) {
            world.execute("create trigger note after delete on fuse_batch." + table
                    + " referencing old table as gone for each statement execute function test_sessions.note()");
        }

        FuseUsers.Result purged = fuseUsers.run(PURGE);

        assertThat(last(purged.out())).startsWith("Purged 1 run that").endsWith("Z: 100,000 records");
        assertThat(world.texts("select tab || ' ' || n from public.batches order by tab, n"))
                .containsExactly(
                        "run_chunks 5000",
                        "run_chunks 10000",
                        "run_chunks 10000",
                        "run_outcomes 5000",
                        "run_outcomes 10000",
                        "run_outcomes 10000",
                        "run_rows 5000",
                        "run_rows 10000",
                        "run_rows 10000",
                        "run_users 5000",
                        "run_users 10000",
                        "run_users 10000",
                        "runs 1");
        assertThat(world.count("select count(distinct tx) from public.batches")).isEqualTo(13);
        assertThat(runs()).isEmpty();
    }

    @Test
    void theNextPurgeCompletesAnInterruptedOne() {
        Map<String, List<String>> before = records();
        many(25_000);
        world.execute("create function test_sessions.fail() returns trigger language plpgsql as"
                + " $$ begin raise exception 'disk on fire' using errcode = 'XX000'; end $$");
        world.execute("create trigger fail after delete on fuse_batch.run_outcomes for each row when (old.line = 15000)"
                + " execute function test_sessions.fail()");

        FuseUsers.Result failed = fuseUsers.run(PURGE).exits(1);

        assertThat(failed.err().lines()).singleElement().asString().contains("disk on fire");
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes")).isEqualTo(15_000);
        assertThat(states()).containsExactly("1 PURGING");
        assertThat(fuseUsers.run("runs", "show", "1").out()).contains(": purging in ");
        FuseUsers.Result report = fuseUsers.run("runs", "report", "1").exits(64);
        assertThat(report.err())
                .isEqualTo("fuse-users: run 1 is being purged and its records are incomplete; see the report that its"
                        + " command wrote\n");
        assertThat(folder.resolve("reports/run-1")).doesNotExist();

        world.execute("drop trigger fail on fuse_batch.run_outcomes");
        FuseUsers.Result purged =
                fuseUsers.run("runs", "purge", "--yes", "--older-than", "1000d").exits(0);

        assertThat(last(purged.out())).startsWith("Purged 1 run that").endsWith("Z: 90,000 records");
        assertThat(records()).isEqualTo(before);
    }

    @Test
    void aKilledOrStoppedPurgeLosesNothing() throws Exception {
        Map<String, List<String>> before = records();
        many(25_000);
        try (OtherSession gate =
                OtherSession.gate(database, "after delete", "fuse_batch.run_rows", "old.line = 15000")) {
            Process purge = fuseUsers.start(PURGE);
            gate.awaitBlocked(1);
            purge.destroy();
            assertThat(purge.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(purge.exitValue()).isEqualTo(143);
            gate.terminateBlocked();
        }
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes")).isZero();
        assertThat(world.count("select count(*) from fuse_batch.run_rows")).isEqualTo(15_000);
        assertThat(world.count("select count(*) from fuse_batch.run_users")).isEqualTo(25_000);

        assertThat(fuseUsers.run(PURGE).out()).endsWith("Z: 65,000 records\n");

        assertThat(records()).isEqualTo(before);
    }

    @Test
    void twoPurgesAtTheSameTimeTakeTurnsAndShareTheWork() throws Exception {
        Map<String, List<String>> before = records();
        many(25_000);
        Process first;
        CompletableFuture<FuseUsers.Result> second;
        try (OtherSession gate =
                OtherSession.gate(database, "after delete", "fuse_batch.run_outcomes", "old.line = 15000")) {
            first = fuseUsers.start(PURGE);
            gate.awaitBlocked(1);
            // In this process, which has started already: the first one does not wait for its lock for long.
            second = CompletableFuture.supplyAsync(() -> fuseUsers.run(PURGE));
            await().atMost(Duration.ofSeconds(8))
                    .until(() -> world.count("select count(*) from pg_stat_activity"
                                    + " where datname = current_database() and wait_event_type = 'Lock'")
                            == 2);
            assertThat(world.count("select count(*) from pg_stat_activity where datname = current_database()"
                            + " and wait_event_type = 'Lock' and query like '%from fuse_batch.runs%for update%'"))
                    .as("waits for its turn, and not for rows that the other deletes")
                    .isEqualTo(1);
        }

        assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
        FuseUsers.Result result = second.get(20, TimeUnit.SECONDS);
        assertThat(errors(folder)).isEmpty();
        assertThat(result.err()).isEmpty();
        assertThat(List.of(first.exitValue(), result.exit())).containsExactly(0, 0);
        String printed = last(Files.readString(folder.resolve("out.txt")));
        assertThat(number(printed, 1) + number(last(result.out()), 1)).isEqualTo(1);
        assertThat(number(printed, 7) + number(last(result.out()), 7)).isEqualTo(100_000);
        assertThat(records()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1d",
                "P-1D",
                "-P1D",
                "90",
                "-90",
                "",
                "ninety",
                "90 days",
                "1y",
                "0s",
                "100ms",
                "P1W",
                "1d12h",
                "999999999999999999d"
            })
    void refusesAnArgumentThatIsNoAge(String age) {
        refused("1000 days");

        FuseUsers.Result purged =
                fuseUsers.run("runs", "purge", "--yes", "--older-than", age).exits(64);

        assertThat(purged.out()).isEmpty();
        assertThat(purged.err())
                .isEqualTo("fuse-users: Invalid value for option '--older-than': '" + age
                        + "' is not a duration such as 90d,"
                        + " 12h, P90D or PT12H; see \"fuse-users runs purge --help\"\n");
        assertThat(runs()).containsExactly("1");
    }

    /** Twelve months must not become twelve minutes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12M| may mean minutes or months; give days or hours, such as 365d or 12h",
                "12m| may mean minutes or months; give days or hours, such as 365d or 12h",
                "P12M| is in months, which differ in length; give days, such as 365d or P365D",
                "p1y6m3d| is in months, which differ in length; give days, such as 365d or P365D"
            })
    void refusesMonthsAndWhatMayMeanThem(String age, String reason) {
        refused("1000 days");

        FuseUsers.Result purged =
                fuseUsers.run("runs", "purge", "--yes", "--older-than", age).exits(64);

        assertThat(purged.err())
                .isEqualTo(
                        "fuse-users: Invalid value for option '--older-than': '%s' %s; see \"fuse-users runs purge --help\"\n"
                                .formatted(age, reason));
        assertThat(runs()).containsExactly("1");
    }

    @Test
    void requiresTheAge() {
        refused("1000 days");

        FuseUsers.Result purged = fuseUsers.run("runs", "purge").exits(64);

        assertThat(purged.err())
                .isEqualTo("fuse-users: Missing required option: '--older-than=DURATION'; see \"fuse-users runs purge"
                        + " --help\"\n");
        assertThat(runs()).containsExactly("1");
    }

    /** A run that deactivated these users, and ended so long ago. */
    private void complete(String user, String ago) {
        fuseUsers.run("deactivate", "--yes", "--user", user).exits(0);
        age(world.count("select max(id) from fuse_batch.runs"), ago);
    }

    /** A run that never got as far as its first attempt. */
    private void refused(String ago) {
        world.execute(
                "insert into fuse_batch.runs (command, dry_run, run_key, input_kind, input_name, input_digest,"
                        + " started_at, ended_at, exit_code) values ('deactivate', false, sha256('key'), 'file', 'users.csv',"
                        + " sha256('digest'), now() - ?::interval, now() - ?::interval, 78)",
                ago,
                ago);
    }

    /** A run that ended 31 days ago, with so many records in each of the tables that hold many. */
    private void many(int records) {
        refused("31 days");
        world.execute(
                "insert into fuse_batch.run_rows (run_id, line, input) select 1, n, n from"
                        + " generate_series(1, ?) n",
                records);
        world.execute(
                "insert into fuse_batch.run_users (run_id, user_id, line) select 1, n, n from"
                        + " generate_series(1, ?) n",
                records);
        world.execute(
                "insert into fuse_batch.run_outcomes (run_id, line, outcome, decided_at)"
                        + " select 1, n, 'NOT_FOUND', now() from generate_series(1, ?) n",
                records);
        world.execute(
                "insert into fuse_batch.run_chunks (run_id, attempt, committed_at, user_count, deleted_rows)"
                        + " select 1, 1, now(), 1, '{}' from generate_series(1, ?) n",
                records);
    }

    private void age(long run, String ago) {
        world.execute(
                "update fuse_batch.runs set started_at = now() - ?::interval, ended_at = now() - ?::interval"
                        + " where id = ?",
                ago,
                ago,
                run);
    }

    /** Every row of every table of the job's, whichever tables there are, but for the trace of purges. */
    private Map<String, List<String>> records() {
        return world.rows(world.texts("select 'fuse_batch.' || tablename from pg_tables"
                + " where schemaname = 'fuse_batch' and tablename <> 'purged_runs' order by tablename"));
    }

    private static String last(String printed) {
        return printed.lines().reduce("", (line, next) -> next);
    }

    private List<String> runs() {
        return world.texts("select id from fuse_batch.runs order by id");
    }

    private List<String> states() {
        return fuseUsers
                .run("runs")
                .out()
                .lines()
                .skip(2)
                .map(line -> line.split(" +"))
                .map(cells -> cells[0] + " " + cells[2])
                .sorted()
                .toList();
    }

    private static String errors(Path folder) throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }

    private static long number(String line, int word) {
        return Long.parseLong(line.split(" ")[word].replace(",", ""));
    }
}
