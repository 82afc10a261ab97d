package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.job.RunStates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A purge works in small transactions, so that it can be interrupted at any moment and continued. */
@ExtendWith(TestPlatform.class)
class InterruptedPurgeTest {

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final EndedRuns ended;

    InterruptedPurgeTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        ended = new EndedRuns(world, fuseUsers);
    }

    @Test
    void deletesInCommittedBatches() {
        ended.many(25_000);
        world.execute("create table public.batches (tx xid8, tab text, n bigint)");
        world.execute("grant insert on public.batches to public");
        world.execute("create function test_sessions.note() returns trigger language plpgsql as $$ begin"
                + " insert into public.batches select pg_current_xact_id(), tg_table_name, count(*) from gone;"
                + " return null; end $$");
        for (String table : List.of("run_rows", "run_users", "run_outcomes", "run_chunks", "runs")) {
            world.execute("create trigger note after delete on fuse_batch." + table
                    + " referencing old table as gone for each statement execute function test_sessions.note()");
        }

        FuseUsers.Result purged = fuseUsers.run(EndedRuns.PURGE);

        assertThat(EndedRuns.last(purged.out())).startsWith("Purged 1 run that").endsWith("Z: 100,000 records");
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
        assertThat(ended.runs()).isEmpty();
    }

    @Test
    void theNextPurgeCompletesAnInterruptedOne() {
        Map<String, List<String>> before = ended.records();
        ended.many(25_000);
        world.execute("create function test_sessions.fail() returns trigger language plpgsql as"
                + " $$ begin raise exception 'disk on fire' using errcode = 'XX000'; end $$");
        world.execute("create trigger fail after delete on fuse_batch.run_outcomes for each row when (old.line = 15000)"
                + " execute function test_sessions.fail()");

        FuseUsers.Result failed = fuseUsers.run(EndedRuns.PURGE).exits(1);

        assertThat(failed.err().lines()).singleElement().asString().contains("disk on fire");
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes")).isEqualTo(15_000);
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 PURGING");
        assertThat(fuseUsers.run("runs", "show", "1").out()).contains(": purging in ");
        FuseUsers.Result report = fuseUsers.run("runs", "report", "1").exits(64);
        assertThat(report.err())
                .isEqualTo("fuse-users: run 1 is being purged and its records are incomplete; see the report that its"
                        + " command wrote\n");
        assertThat(folder.resolve("reports/run-1")).doesNotExist();

        world.execute("drop trigger fail on fuse_batch.run_outcomes");
        FuseUsers.Result purged =
                fuseUsers.run("runs", "purge", "--yes", "--older-than", "1000d").exits(0);

        assertThat(EndedRuns.last(purged.out())).startsWith("Purged 1 run that").endsWith("Z: 90,000 records");
        assertThat(ended.records()).isEqualTo(before);
    }

    @Test
    void aKilledOrStoppedPurgeLosesNothing() throws Exception {
        Map<String, List<String>> before = ended.records();
        ended.many(25_000);
        try (OtherSession gate =
                OtherSession.gate(database, "after delete", "fuse_batch.run_rows", "old.line = 15000")) {
            Process purge = fuseUsers.start(EndedRuns.PURGE);
            gate.awaitBlocked(1);
            purge.destroy();
            assertThat(purge.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(purge.exitValue()).isEqualTo(143);
            gate.terminateBlocked();
        }
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes")).isZero();
        assertThat(world.count("select count(*) from fuse_batch.run_rows")).isEqualTo(15_000);
        assertThat(world.count("select count(*) from fuse_batch.run_users")).isEqualTo(25_000);

        assertThat(fuseUsers.run(EndedRuns.PURGE).out()).endsWith("Z: 65,000 records\n");

        assertThat(ended.records()).isEqualTo(before);
    }

    @Test
    void twoPurgesAtTheSameTimeTakeTurnsAndShareTheWork() throws Exception {
        Map<String, List<String>> before = ended.records();
        ended.many(25_000);
        Process first;
        CompletableFuture<FuseUsers.Result> second;
        try (OtherSession gate =
                OtherSession.gate(database, "after delete", "fuse_batch.run_outcomes", "old.line = 15000")) {
            first = fuseUsers.start(EndedRuns.PURGE);
            gate.awaitBlocked(1);
            // In this process, which has started already: the first one does not wait for its lock for long.
            second = CompletableFuture.supplyAsync(() -> fuseUsers.run(EndedRuns.PURGE));
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
        assertThat(Files.readString(folder.resolve("err.txt"))).isEmpty();
        assertThat(result.err()).isEmpty();
        assertThat(List.of(first.exitValue(), result.exit())).containsExactly(0, 0);
        String printed = EndedRuns.last(Files.readString(folder.resolve("out.txt")));
        assertThat(number(printed, 1) + number(EndedRuns.last(result.out()), 1)).isEqualTo(1);
        assertThat(number(printed, 7) + number(EndedRuns.last(result.out()), 7)).isEqualTo(100_000);
        assertThat(ended.records()).isEqualTo(before);
    }

    private static long number(String line, int word) {
        return Long.parseLong(line.split(" ")[word].replace(",", ""));
    }
}
