package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The program gives up on an error that lasts, and names it; if it is one of a few users, it gives up only on these. */
@ExtendWith(TestPlatform.class)
class LastingErrorTest {

    private static final Duration AFTER_THE_SHORT_WAIT = Duration.ofSeconds(2);

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;

    LastingErrorTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, 60);
    }

    @Test
    void anErrorThatLastsIsReportedWithinAMinuteAndTheSameCommandResumesTheRun() {
        world.execute("create function test_sessions.fail() returns trigger language plpgsql as $$ begin"
                + " raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$");
        world.execute("create trigger fail before insert on fuse_batch.run_outcomes for each row"
                + " when (new.user_id = 35) execute function test_sessions.fail()");
        String input = fuseUsers.input("leavers.csv", crowd.lines());
        Instant start = Instant.now();

        FuseUsers.Result failed = fuseUsers.run(command(input)).exits(1);

        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        assertThat(failed.err().lines().filter(line -> line.startsWith("fuse-users: ")))
                .containsExactly("fuse-users: run 1 failed: could not extend file: No space left on device"
                        + " (SQLSTATE 53100); the same command resumes it");
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 30));
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 FAILED");

        world.execute("drop trigger fail on fuse_batch.run_outcomes");
        fuseUsers.run(command(input)).exits(0);
        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    /**
     * These errors pass as a rule. Here a trigger raises them for four users every time, and another program never
     * releases the lock of a fifth. A third program releases the lock of a sixth while the users are taken one by one.
     */
    @Test
    void usersForWhomAPassingErrorLastsFailAloneAndTheNextFileIsProcessed() throws IOException {
        List<String> sqlStates = List.of("40001", "40P01", "55P03", "57014");
        world.execute("create function test_sessions.fail() returns trigger language plpgsql as $$ begin"
                + " raise exception 'not user %%', new.id using errcode = (array['%s'])[new.id - 32]; end $$"
                        .formatted(String.join("', '", sqlStates)));
        world.execute("create trigger fail before update on users for each row when (new.id between 33 and 36)"
                + " execute function test_sessions.fail()");
        Path files = Files.createDirectory(folder.resolve("leavers"));
        Files.write(files.resolve("a.csv"), Arrays.asList(crowd.lines()).subList(0, 41));
        Files.write(files.resolve("b.csv"), List.of("user_id", "41", "42"));
        try (OtherSession other = new OtherSession(database);
                OtherSession brief = new OtherSession(database)) {
            other.execute("set application_name = 'nightly-sync'");
            other.execute("select from users where id = 38 for update");
            brief.execute("select from users where id = 40 for update");
            CompletableFuture<Void> release = CompletableFuture.runAsync(() -> {
                await().atMost(Duration.ofMinutes(3))
                        .until(() ->
                                world.count("select count(*) from fuse_batch.run_outcomes where user_id = 39") == 1);
                brief.awaitBlocked(1);
                await().pollDelay(AFTER_THE_SHORT_WAIT).until(() -> true);
                brief.commit();
            });

            fuseUsers.run(command(files.toString())).exits(4);
            release.join();

            assertThat(world.texts("""
                            select concat_ws(': ', user_id, message)
                            from fuse_batch.run_outcomes
                            where outcome = 'FAILED'
                            order by line
                            """))
                    .containsExactly(
                            "33: not user 33 (SQLSTATE 40001)",
                            "34: not user 34 (SQLSTATE 40P01)",
                            "35: not user 35 (SQLSTATE 55P03)",
                            "36: not user 36 (SQLSTATE 57014)",
                            "38: canceling statement due to lock timeout (SQLSTATE 55P03); blocked by nightly-sync"
                                    + " (process " + other.pid() + ")");
        }
        assertThat(crowd.untouched().subList(0, 5)).containsExactly(33L, 34L, 35L, 36L, 38L);
        assertThat(crowd.deactivated()).hasSize(37).endsWith(37L, 39L, 40L, 41L, 42L);
        assertThat(world.texts(
                        "select user_id::text from fuse_batch.run_outcomes group by user_id having count(*) > 1"))
                .isEmpty();
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 COMPLETED", "2 COMPLETED");
    }

    /** It would be the reason of every user's failure, and none of theirs. */
    @Test
    void aLockOfAWholeTableFailsTheRunAndIsNoOutcome() {
        String input = fuseUsers.input("leavers.csv", crowd.lines());
        try (OtherSession other = new OtherSession(database)) {
            other.execute("set application_name = 'nightly-sync'");
            other.execute("lock table oauth_tokens in exclusive mode");

            FuseUsers.Result failed = fuseUsers.run(command(input)).exits(1);

            assertThat(failed.err().lines().filter(line -> line.startsWith("fuse-users: ")))
                    .containsExactly(
                            "fuse-users: run 1 failed: canceling statement due to lock timeout (SQLSTATE 55P03); a whole"
                                    + " table is locked by nightly-sync (process " + other.pid()
                                    + "); the same command resumes it");
        }
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(1, 60));
        assertThat(crowd.recordedOutcomes(1)).isEmpty();

        fuseUsers.run(command(input)).exits(0);
        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    private static String[] command(String input) {
        return new String[] {"deactivate", "--yes", "--chunk-size", "10", "--partitions", "1", input};
    }
}
