package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The platform issues tokens and grants roles during a run. The run sees each change, or the database refuses it. */
@ExtendWith(TestPlatform.class)
class ConcurrentPlatformTest {

    private static final int USERS = 400;

    /** What the platform does for user {@code %d}, as often as it likes. */
    private static final List<String> STATEMENTS = List.of(
            "insert into auto_login_tokens (user_id, token_hash) values (%d, '\\x02')",
            "insert into device_tokens (user_id, token_hash) values (%d, '\\x02')",
            "insert into oauth_tokens (user_id, token_hash) values (%d, '\\x02')",
            "insert into membership_requests (community_id, user_id) values (2, %d)",
            "insert into community_memberships (community_id, user_id) values (3, %d) on conflict do nothing");

    private static final String GRANT =
            "insert into community_admins (community_id, user_id) values (2, %d) on conflict do nothing";

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String input;

    ConcurrentPlatformTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
        input = fuseUsers.input("leavers.csv", crowd.lines());
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothingIsEverLeftOnAnInactiveUser() throws Exception {
        ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
        Future<FuseUsers.Result> run = threads.submit(() -> deactivate(5));
        List<Future<Long>> platform = new ArrayList<>();
        for (String statement : STATEMENTS) {
            platform.add(threads.submit(walk(statement, 1, run, refusals)));
        }
        platform.add(threads.submit(walk(GRANT, 7, run, refusals)));

        FuseUsers.Result result = run.get(60, TimeUnit.SECONDS);
        long accepted = 0;
        for (Future<Long> walk : platform) {
            accepted += walk.get(30, TimeUnit.SECONDS);
        }

        assertThat(result.exit()).as(result.err()).isIn(0, 4);
        assertThat(accepted).isPositive();
        assertThat(refusals).isNotEmpty().containsOnly("23514");
        assertThat(world.leftOnInactiveUsers()).isEmpty();
        assertThat(world.texts("select distinct o.outcome || ' ' || u.active from fuse_batch.run_outcomes o"
                        + " join users u on u.id = o.user_id"))
                .isSubsetOf("DEACTIVATED false", "COMMUNITY_ADMIN true")
                .contains("DEACTIVATED false");
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes")).isEqualTo(USERS);
        assertThat(world.texts("select user_id::text from fuse_batch.run_outcomes where outcome = 'COMMUNITY_ADMIN'"
                        + " order by user_id"))
                .isEqualTo(world.texts("select user_id::text from community_admins order by user_id"));
        assertThat(fuseUsers.report(1, "removed-memberships.csv")).containsAll(Crowd.removedMemberships(1, 6));
    }

    @Test
    void aRowThatIsUncommittedWhenTheRunReachesTheUserIsDeletedAfterItsCommit() throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession platform = new OtherSession(database)) {
            STATEMENTS.forEach(statement -> platform.execute(statement.formatted(12)));
            run = threads.submit(() -> deactivate(10));
            platform.awaitBlocked(1);
            platform.commit();
        }

        run.get(30, TimeUnit.SECONDS).exits(0);
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
    }

    @Test
    void anAdminRoleThatIsUncommittedWhenTheRunReachesTheUserIsSeen() throws Exception {
        Future<FuseUsers.Result> run;
        try (OtherSession platform = new OtherSession(database)) {
            platform.execute(GRANT.formatted(12));
            run = threads.submit(() -> deactivate(10));
            platform.awaitBlocked(1);
            platform.commit();
        }

        run.get(30, TimeUnit.SECONDS).exits(4);
        assertThat(fuseUsers.report(1, "skipped.csv").get(1)).startsWith("12,13,COMMUNITY_ADMIN,2,");
        assertThat(crowd.untouched()).containsExactly(12L);
    }

    @Test
    void aRowThatIsInsertedDuringTheChunkWaitsAndIsRefused() throws Exception {
        Future<FuseUsers.Result> run;
        List<Future<?>> platform = new ArrayList<>();
        try (OtherSession gate =
                OtherSession.gate(database, "before insert", "fuse_batch.run_outcomes", "new.user_id = 20")) {
            run = threads.submit(() -> deactivate(10));
            gate.awaitBlocked(1);
            for (String statement : STATEMENTS) {
                platform.add(threads.submit(() -> world.execute(statement.formatted(12))));
            }
            platform.add(threads.submit(() -> world.execute(GRANT.formatted(12))));
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> world.count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                    + " and datname = current_database() and query like 'insert into%(user\\_id%'"
                                    + " or query like 'insert into%(community\\_id%' and wait_event_type = 'Lock'"
                                    + " and datname = current_database()")
                            == platform.size());
        }

        run.get(30, TimeUnit.SECONDS).exits(0);
        for (Future<?> refused : platform) {
            assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("user 12 ")
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
        }
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
    }

    private FuseUsers.Result deactivate(int chunkSize) {
        return fuseUsers.run(
                "deactivate", "--yes", "--max-percent", "100", "--chunk-size", String.valueOf(chunkSize), input);
    }

    /** Executes the statement for every n-th user, over and over until the run is over, and then once more. */
    private Callable<Long> walk(String statement, int step, Future<?> run, ConcurrentLinkedQueue<String> refusals) {
        return () -> {
            long accepted = 0;
            try (Connection connection = database.session();
                    Statement session = connection.createStatement()) {
                boolean last;
                do {
                    last = run.isDone();
                    for (int user = step; user <= USERS; user += step) {
                        try {
                            accepted += session.executeUpdate(statement.formatted(user));
                        } catch (SQLException e) {
                            refusals.add(String.valueOf(e.getSQLState()));
                        }
                    }
                } while (!last);
            }
            return accepted;
        };
    }
}
