package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fuse.users.FuseUsers.Result;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The platform makes every possible change to users, several in a transaction, while runs deactivate, reactivate and
 * undo the same users, one after the other and concurrently. The outcomes report what happened, no inactive user has
 * any access, and a deadlock costs its victim one retry.
 */
@ExtendWith(TestPlatform.class)
class RandomTrafficTest {

    private static final int USERS = 300;
    private static final int SESSIONS = 3;
    private static final long SEED = 20_260_101;

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final AccountAudit audit;

    RandomTrafficTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
        audit = new AccountAudit(world, database);
    }

    @BeforeEach
    void findDeadlocksSoon() {
        world.execute("alter database %s set deadlock_timeout = '20ms'".formatted(database.name()));
        world.execute("insert into course_completions (course_id, user_id) select 10, id from users where id % 2 = 0");
    }

    @Test
    void outcomesReportWhatHappenedWhateverThePlatformDoes() throws Exception {
        liveThrough(2);
    }

    @Test
    @Tag("slow")
    void outcomesReportWhatHappenedWhateverThePlatformDoesForALongTime() throws Exception {
        liveThrough(40);
    }

    @Test
    void aDeadlockThatThePlatformLosesDoesNotAffectTheJob() throws Exception {
        world.execute("alter role %s in database %s set deadlock_timeout = '10min'"
                .formatted(database.jobUser(), database.name()));
        CompletableFuture<Result> run;
        try (OtherSession platform = new OtherSession(database)) {
            platform.execute("insert into oauth_tokens (user_id, token_hash) values (35, '\\x02')");
            run = CompletableFuture.supplyAsync(
                    () -> fuseUsers.runAtOnce(List.of(deactivate(input(1, 60), "--partitions", "1"))));
            platform.awaitBlocked(1);

            assertThatThrownBy(() ->
                            platform.execute("insert into oauth_tokens (user_id, token_hash) values (32, '\\x02')"))
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40P01"));
        }

        run.get(30, TimeUnit.SECONDS).exits(0);
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 60));
        assertThat(fuseUsers.summary(1)).containsEntry("attempts", 1);
        assertAllTrue();
    }

    /** Each round leaves about half of the users inactive, so that the next one finds both kinds. */
    private void liveThrough(int rounds) throws Exception {
        RandomTraffic platform = new RandomTraffic(database, USERS, SESSIONS, SEED);
        try (platform) {
            for (int round = 0; round < rounds; round++) {
                long before = world.count("select coalesce(max(id), 0) from fuse_batch.runs");
                runAtOnce(deactivate(input(1, 190)));
                runAtOnce(
                        deactivate(input(1, 150)),
                        deactivate(input(110, USERS - 10), "--transfer-admin-to", String.valueOf(USERS - 5)));
                runAtOnce(List.of(
                        "undo", "--yes", "--with-memberships", "--chunk-size", "40", String.valueOf(before + 1)));
                runAtOnce(reactivate(input(1, 120)), deactivate(input(70, 230)));
                runAtOnce(reactivate(input(40, 260)), reactivate(input(150, USERS)));
            }
        }

        System.out.printf(
                "%d transactions of the platform and %d refused; deadlocks lost by the platform %d, by the job %d%n",
                platform.committed(), platform.refused(), platform.deadlocks(), deadlocksOfTheJob());
        assertThat(platform.surprises()).isEmpty();
        assertThat(platform.committed()).isGreaterThan(100);
        assertThat(platform.refused()).isGreaterThan(10);
        assertThat(world.texts("select outcome from fuse_batch.run_outcomes group by outcome"))
                .contains("DEACTIVATED", "REACTIVATED", "ALREADY_INACTIVE", "ALREADY_ACTIVE", "COMMUNITY_ADMIN")
                .doesNotContain("FAILED");
        assertThat(world.count("select count(*) from fuse_batch.runs where ended_at is null"))
                .isZero();
        assertThat(world.texts("select id::text from fuse_batch.runs r where row_count <>"
                        + " (select count(*) from fuse_batch.run_outcomes o where o.run_id = r.id)"))
                .isEmpty();
        assertAllTrue();
    }

    private void assertAllTrue() {
        assertThat(world.leftOnInactiveUsers()).isEmpty();
        assertThat(audit.outcomesWithoutChange()).isEmpty();
        assertThat(audit.changesWithoutOutcome()).isEmpty();
        assertThat(audit.outcomesThatWereNotTrue()).isEmpty();
        assertThat(audit.statesWithoutChange()).isEmpty();
    }

    private long deadlocksOfTheJob() {
        return world.count("select count(*) from fuse_batch.batch_step_execution"
                + " where step_name like 'users:%' and exit_message like '%deadlock detected%'");
    }

    @SafeVarargs
    private void runAtOnce(List<String>... commands) {
        Result result = fuseUsers.runAtOnce(List.of(commands));
        assertThat(result.exit()).as(result.err()).isIn(0, 4);
    }

    private static List<String> deactivate(String input, String... options) {
        return Stream.concat(
                        Stream.of("deactivate", "--yes", "--max-percent", "100", "--chunk-size", "40", input),
                        Stream.of(options))
                .toList();
    }

    private static List<String> reactivate(String input) {
        return List.of("reactivate", "--yes", "--chunk-size", "40", input);
    }

    private String input(long first, long last) {
        return fuseUsers.input(
                "users-%d-%d.csv".formatted(first, last),
                Stream.concat(
                                Stream.of("user_id"),
                                LongStream.rangeClosed(first, last).mapToObj(String::valueOf))
                        .toArray(String[]::new));
    }
}
