package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The platform changes users and roles while a run hands over communities. The outcomes report what happened to each
 * community. Admin N is the only admin of community 1000 + N.
 */
@ExtendWith(TestPlatform.class)
class ConcurrentTransferTest {

    private static final int LEAVERS = 200;

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ConcurrentTransferTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
    }

    @BeforeEach
    void makeAdminsAndSuccessors() {
        world.users(1, LEAVERS);
        world.users(801, 809);
        world.execute(
                "insert into communities (id, name) select 1000 + n, 'Of ' || n from generate_series(1, ?) n", LEAVERS);
        world.execute(
                "insert into community_admins (community_id, user_id) select 1000 + n, n from"
                        + " generate_series(1, ?) n",
                LEAVERS);
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theRunWaitsForTheUncommittedDeactivationOfASuccessorWhoIsThenInvalid() throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession platform = new OtherSession(database)) {
            platform.execute("update users set active = false, deactivated_at = '2026-01-01T00:00:00Z' where id = 801");
            run = start(input("user_id,transfer_admin_to", "\"1\",801", "\"2\",802"));
            platform.awaitBlocked(1);
            platform.commit();
        }

        end(run).exits(4);
        assertThat(outcomes(1)).containsExactly("1 INVALID_SUCCESSOR 1001", "2 DEACTIVATED 1002");
        assertThat(message(1))
                .isEqualTo("admin of community 1001, which user 801 cannot take over: inactive since"
                        + " 2026-01-01T00:00:00Z; name an active user who stays");
        assertThat(admins(1001)).containsExactly("1");
        assertThat(admins(1002)).containsExactly("802");
        assertThat(world.count("select count(*) from community_memberships where user_id = 801"))
                .isZero();
    }

    @Test
    void aDeactivationThatIsRolledBackLeavesTheSuccessorValid() throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession platform = new OtherSession(database)) {
            platform.execute("update users set active = false, deactivated_at = now() where id = 801");
            run = start(input("user_id,transfer_admin_to", "\"1\",801"));
            platform.awaitBlocked(1);
        }

        end(run).exits(0);
        assertThat(admins(1001)).containsExactly("801");
    }

    @Test
    void anUncommittedReactivationMakesTheSuccessorValid() throws Exception {
        world.execute("update users set active = false, deactivated_at = now() where id = 801");
        Future<FuseUsers.Result> run;
        try (OtherSession platform = new OtherSession(database)) {
            platform.execute("update users set active = true, deactivated_at = null where id = 801");
            run = start(input("user_id,transfer_admin_to", "\"1\",801"));
            platform.awaitBlocked(1);
            platform.commit();
        }

        end(run).exits(0);
        assertThat(outcomes(1)).containsExactly("1 DEACTIVATED 1001");
        assertThat(admins(1001)).containsExactly("801");
    }

    @Test
    void aSuccessorCannotBeDeactivatedDuringOrAfterTheChunk() throws Exception {
        Future<FuseUsers.Result> run;
        Future<?> deactivation;
        try (OtherSession gate =
                OtherSession.gate(database, "before insert", "fuse_batch.run_outcomes", "new.user_id = 1")) {
            run = start(input("user_id,transfer_admin_to", "\"1\",801"));
            gate.awaitBlocked(1);
            deactivation = threads.submit(
                    () -> world.execute("update users set active = false, deactivated_at = now() where id = 801"));
            awaitWaiting(2);
        }

        end(run).exits(0);
        assertThatThrownBy(() -> deactivation.get(10, TimeUnit.SECONDS))
                .hasMessageContaining("user 801 is admin of 1001");
        assertThat(outcomes(1)).containsExactly("1 DEACTIVATED 1001");
        assertThat(admins(1001)).containsExactly("801");
    }

    @Test
    void aRoleThatIsUncommittedWhenTheRunReachesTheAdminIsHandedOverToo() throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession platform = new OtherSession(database)) {
            platform.execute("insert into community_admins (community_id, user_id) values (3, 1), (2, 1)");
            run = start("--transfer-admin-to", "801", input("user_id", "1"));
            platform.awaitBlocked(1);
            platform.commit();
        }

        end(run).exits(0);
        assertThat(outcomes(1)).containsExactly("1 DEACTIVATED 2;3;1001");
        assertThat(message(1)).isEqualTo("admin of communities 2, 3, 1001 until user 801 took over");
        assertThat(world.texts("select community_id || ' ' || user_id from community_admins where community_id in"
                        + " (2, 3, 1001) order by 1"))
                .containsExactly("1001 801", "2 801", "3 801");
    }

    @Test
    void aRoleThatIsGrantedDuringTheChunkIsRefused() throws Exception {
        Future<FuseUsers.Result> run;
        Future<?> grant;
        try (OtherSession gate =
                OtherSession.gate(database, "before insert", "fuse_batch.run_outcomes", "new.user_id = 1")) {
            run = start("--transfer-admin-to", "801", input("user_id", "1"));
            gate.awaitBlocked(1);
            grant = threads.submit(
                    () -> world.execute("insert into community_admins (community_id, user_id) values (3, 1)"));
            awaitWaiting(2);
        }

        end(run).exits(0);
        assertThatThrownBy(() -> grant.get(10, TimeUnit.SECONDS)).hasMessageContaining("inactive user 1 can have no");
        assertThat(outcomes(1)).containsExactly("1 DEACTIVATED 1001");
        assertThat(admins(3)).isEmpty();
    }

    @Test
    void aRoleThatThePlatformGrantsToTheSuccessorAtTheSameTimeExistsOnce() throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession platform = new OtherSession(database)) {
            platform.execute("insert into community_memberships (community_id, user_id) values (1001, 801)");
            platform.execute("insert into community_admins (community_id, user_id) values (1001, 801)");
            run = start("--transfer-admin-to", "801", input("user_id", "1"));
            platform.awaitBlocked(1);
            platform.commit();
        }

        end(run).exits(0);
        assertThat(admins(1001)).containsExactly("801");
        assertThat(fuseUsers.summary(1).get("added_rows")).hasToString("{community_admins=0, community_memberships=0}");
    }

    @Test
    void onlyOneOfTwoRunsWhoseAdminsNameEachOtherDeactivates() throws Exception {
        Future<FuseUsers.Result> first;
        Future<FuseUsers.Result> second;
        try (OtherSession platform = new OtherSession(database)) {
            platform.execute("select from users where id in (1, 2) for update");
            first = startProcess("first.csv", "1,2");
            second = startProcess("second.csv", "2,1");
            awaitWaiting(2);
        }

        List<Integer> exits = List.of(end(first).exit(), end(second).exit());
        assertThat(exits).containsExactlyInAnyOrder(0, 4);
        String stays = exits.get(0) == 0 ? "2" : "1";
        assertThat(world.texts("select id::text from users where active and id in (1, 2)"))
                .containsExactly(stays);
        assertThat(world.texts("select user_id::text from community_admins where community_id in (1001, 1002)"))
                .containsExactly(stays, stays);
        assertThat(world.texts("select outcome from fuse_batch.run_outcomes"))
                .containsExactlyInAnyOrder("DEACTIVATED", "INVALID_SUCCESSOR");
    }

    @Test
    void partitionsThatNeedTheSameSuccessorsInOppositeOrderDoNotDeadlock() throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession first = new OtherSession(database);
                OtherSession second = new OtherSession(database)) {
            first.execute("select from users where id = 801 for update");
            second.execute("select from users where id = 802 for update");
            run = start(
                    "--partitions",
                    "2",
                    "--chunk-size",
                    "2",
                    input("user_id,transfer_admin_to", "\"1\",802", "\"2\",801", "\"101\",801", "\"102\",802"));
            awaitWaiting(2);
            second.close();
            // Whoever waited for user 802 alone would go on to user 801 now, for whom the other one waits.
            await().during(Duration.ofMillis(200)).until(() -> waiting() == 2);
        }

        end(run).exits(0);
        assertThat(outcomes(1))
                .containsExactly(
                        "1 DEACTIVATED 1001", "2 DEACTIVATED 1002", "101 DEACTIVATED 1101", "102 DEACTIVATED 1102");
        assertThat(fuseUsers.summary(1)).contains(entry("attempts", 1));
        assertThat(deadlocks()).isZero();
    }

    @Test
    void partitionsHandOverToTheSameAndDifferentSuccessorsWithoutADeadlock() throws Exception {
        world.execute(
                "insert into community_admins (community_id, user_id) select 2 + n % 2, n from"
                        + " generate_series(1, ?) n",
                LEAVERS);
        // Ascending in the first half, descending in the second, and the option's user for every tenth.
        String[] rows = Stream.concat(
                        Stream.of("user_id,transfer_admin_to"),
                        IntStream.rangeClosed(1, LEAVERS)
                                .mapToObj(n -> "\"%d\",".formatted(n)
                                        + (n % 10 == 0 ? "" : n <= LEAVERS / 2 ? 800 + n % 10 : 810 - n % 10)))
                .toArray(String[]::new);

        end(start("--partitions", "4", "--chunk-size", "7", "--transfer-admin-to", "809", input(rows)))
                .exits(0);

        assertThat(world.count("select count(*) from users where not active")).isEqualTo(LEAVERS);
        assertThat(fuseUsers.summary(1)).contains(entry("attempts", 1));
        assertThat(deadlocks()).isZero();
        assertThat(world.texts("select r.user_id::text from fuse_batch.run_users r where not exists (select from"
                        + " community_admins a where a.community_id = 1000 + r.user_id and a.user_id = r.successor_id)"
                        + " or not exists (select from community_memberships m where m.community_id = 2 + r.user_id % 2"
                        + " and m.user_id = r.successor_id)"))
                .isEmpty();
        // Of the two that many share, each successor gets one, and the option's user both.
        assertThat(world.count("select count(*) from community_admins")).isEqualTo(LEAVERS + 10);
        assertThat(fuseUsers.summary(1).get("added_rows"))
                .hasToString("{community_admins=%1$d, community_memberships=%1$d}".formatted(LEAVERS + 10));
    }

    @Test
    void theOutcomesReportWhatHappenedToEveryCommunityWhateverThePlatformDoes() throws Exception {
        ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
        String[] rows = Stream.concat(
                        Stream.of("user_id,transfer_admin_to"),
                        LongStream.rangeClosed(1, LEAVERS).mapToObj(n -> "\"%d\",".formatted(n) + (801 + n % 4)))
                .toArray(String[]::new);
        Future<FuseUsers.Result> run = start("--chunk-size", "3", input(rows));
        List<Future<Long>> platform = new ArrayList<>();
        // Successors are deactivated as long as they are no admins, and come back; leavers are made admins.
        platform.add(threads.submit(walk(
                run, errors, 801, 804, "update users set active = false, deactivated_at = now()" + " where id = %d")));
        platform.add(threads.submit(walk(
                run, errors, 801, 804, "update users set active = true, deactivated_at = null" + " where id = %d")));
        platform.add(threads.submit(walk(
                run,
                errors,
                1,
                LEAVERS,
                "insert into community_admins (community_id, user_id)" + " values (2, %d) on conflict do nothing")));

        FuseUsers.Result result = end(run);
        for (Future<Long> walk : platform) {
            walk.get(30, TimeUnit.SECONDS);
        }

        assertThat(result.exit()).as(result.err()).isIn(0, 4);
        assertThat(errors).containsOnly("23514");
        assertThat(world.count("select count(*) from community_admins a join users u on u.id = a.user_id"
                        + " where not u.active"))
                .isZero();
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes")).isEqualTo(LEAVERS);
        assertThat(world.texts("""
                        select o.user_id || ' ' || o.outcome
                        from fuse_batch.run_outcomes o
                        join users u on u.id = o.user_id
                        join fuse_batch.run_users r using (run_id, user_id)
                        where not case o.outcome
                            when 'DEACTIVATED' then not u.active
                                and 1000 + o.user_id = any(o.community_ids)
                                and o.community_ids = (
                                    select array_agg(a.community_id order by a.community_id)
                                    from community_admins a
                                    where a.user_id = r.successor_id and a.community_id = any(o.community_ids))
                                and not exists (select from community_admins a where a.user_id = o.user_id)
                            when 'INVALID_SUCCESSOR' then u.active
                                and exists (
                                    select from community_admins a
                                    where a.user_id = o.user_id and a.community_id = 1000 + o.user_id)
                            else false
                        end
                        """)).isEmpty();
    }

    private Future<FuseUsers.Result> start(String... arguments) {
        return threads.submit(() -> fuseUsers.run(
                Stream.concat(Stream.of("deactivate", "--yes", "--max-percent", "100"), Arrays.stream(arguments))
                        .toArray(String[]::new)));
    }

    /** A run beside another one: a process of its own, because a JVM has one standard output. */
    private Future<FuseUsers.Result> startProcess(String name, String row) {
        String input = fuseUsers.input(name, "user_id,transfer_admin_to", row);
        Process process = fuseUsers.start("deactivate", "--yes", input);
        return threads.submit(() -> new FuseUsers.Result(process.waitFor(), "", ""));
    }

    private static FuseUsers.Result end(Future<FuseUsers.Result> run) throws Exception {
        return run.get(60, TimeUnit.SECONDS);
    }

    private String input(String... lines) {
        return fuseUsers.input("leavers.csv", lines);
    }

    /** Returns once so many sessions wait for a lock, whoever holds it. */
    private void awaitWaiting(int sessions) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> waiting() == sessions);
    }

    private long waiting() {
        return world.count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                + " and datname = current_database()");
    }

    /** Executes the statement for these users, over and over until the run is over. */
    private Callable<Long> walk(
            Future<?> run, ConcurrentLinkedQueue<String> errors, int first, int last, String statement) {
        return () -> {
            long accepted = 0;
            try (Connection connection = database.session();
                    Statement session = connection.createStatement()) {
                while (!run.isDone()) {
                    for (int user = first; user <= last; user++) {
                        try {
                            accepted += session.executeUpdate(statement.formatted(user));
                        } catch (SQLException e) {
                            errors.add(String.valueOf(e.getSQLState()));
                        }
                    }
                }
            }
            return accepted;
        };
    }

    private List<String> outcomes(long run) {
        return world.texts("""
                select concat(user_id, ' ', outcome, ' ', array_to_string(community_ids, ';'))
                from fuse_batch.run_outcomes
                where run_id = ?
                order by line
                """, run);
    }

    private String message(long userId) {
        return world.texts("select message from fuse_batch.run_outcomes where user_id = ?", userId)
                .get(0);
    }

    private List<String> admins(long communityId) {
        return world.texts(
                "select user_id::text from community_admins where community_id = ? order by user_id", communityId);
    }

    private long deadlocks() {
        return world.count("select deadlocks from pg_stat_database where datname = current_database()");
    }
}
