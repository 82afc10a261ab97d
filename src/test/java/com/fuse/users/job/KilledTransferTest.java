package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The process is killed several times while thousands of admins hand over their communities. After every kill, each
 * admin is either unchanged or deactivated with a successor, and the same command resumes the run.
 *
 * <p>Admin N is the only admin of community 10000 + N, and one of the admins of community 20000 + N modulo 50.
 * Successors are the users 9001 to 9010, by N modulo 10, so that admins of the same community have the same successor.
 */
@ExtendWith(TestPlatform.class)
record KilledTransferTest(TestDatabase database, World world, FuseUsers fuseUsers) {

    private static final int LEAVERS = 3_000;
    private static final int SHARED = 50;
    private static final int KILLS = 5;
    private static final int DONE_BETWEEN_KILLS = 300;

    /** Who the leavers are, and what each of them has of what they had, as a row of true and false. */
    private static final String IN_BETWEEN = """
            with state as (
                select l.id, l.active,
                       exists (select from fuse_batch.run_outcomes o where o.user_id = l.id) as decided,
                       array[
                           exists (select from community_admins a where a.user_id = l.id and a.community_id = 10000 + l.id),
                           exists (select from community_admins a where a.user_id = l.id and a.community_id = 20000 + l.id % 50),
                           exists (select from community_memberships m where m.user_id = l.id and m.community_id = 1),
                           exists (select from community_memberships m where m.user_id = l.id and m.community_id = 10000 + l.id)
                       ] as has,
                       array[
                           exists (select from community_admins a where a.user_id = s.id and a.community_id = 10000 + l.id),
                           exists (select from community_memberships m where m.user_id = s.id and m.community_id = 10000 + l.id)
                       ] as given,
                       array[
                           exists (select from community_admins a where a.user_id = s.id and a.community_id = 20000 + l.id % 50),
                           exists (select from community_memberships m where m.user_id = s.id and m.community_id = 20000 + l.id % 50)
                       ] as shared,
                       exists (
                           select from users o where o.id <= 3000 and o.id % 50 = l.id % 50 and not o.active
                       ) as some_gone
                from users l
                join users s on s.id = 9001 + l.id % 10
                where l.id <= 3000
            )
            select state::text
            from state
            where not (
                (active and not decided and has = '{t,t,t,t}' and given = '{f,f}'
                    or not active and decided and has = '{f,f,f,f}' and given = '{t,t}')
                and shared = array[some_gone, some_gone])
            """;

    @Test
    void everyAdminIsUnchangedOrCompletelyReplacedAndEveryCommunityHasAnAdmin() throws Exception {
        makeAdmins();
        String input = fuseUsers.input(
                "leavers.csv",
                Stream.concat(
                                Stream.of("user_id,transfer_admin_to"),
                                LongStream.rangeClosed(1, LEAVERS)
                                        .mapToObj(n -> n + (n % 10 == 0 ? "," : "," + (9001 + n % 10))))
                        .toArray(String[]::new));
        String[] command = {
            "deactivate", "--yes", "--max-percent", "100", "--transfer-admin-to", "9001", "--chunk-size", "20", input
        };

        long done = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            killOnceDone(done + DONE_BETWEEN_KILLS + 7L * kill, command);
            assertThat(world.texts(IN_BETWEEN)).as("after kill %d", kill + 1).isEmpty();
            done = done();
            assertThat(done).isLessThan(LEAVERS);
            assertThat(world.count("select count(*) from users where not active"))
                    .isEqualTo(done);
        }
        FuseUsers.Result end = fuseUsers.run(command).exits(0);

        assertThat(end.out())
                .startsWith(fuseUsers.opened(1) + "deactivate --transfer-admin-to 9001 " + input + ", resumed");
        assertThat(world.texts(IN_BETWEEN)).isEmpty();
        assertThat(world.count("select count(*) from users where not active")).isEqualTo(LEAVERS);
        assertThat(world.texts("""
                        select concat_ws(',', line, user_id, outcome, array_to_string(community_ids, ';'), message)
                        from fuse_batch.run_outcomes
                        order by line
                        """))
                .isEqualTo(LongStream.rangeClosed(1, LEAVERS)
                        .mapToObj(KilledTransferTest::outcome)
                        .toList());
        assertThat(world.count("select count(*) from community_admins")).isEqualTo(LEAVERS + SHARED);
        assertThat(world.count("select count(*) from community_memberships")).isEqualTo(LEAVERS + SHARED);
        Map<String, Object> summary = fuseUsers.summary(1);
        assertThat(summary.get("attempts")).isEqualTo(KILLS + 1);
        assertThat(summary.get("deleted_rows"))
                .hasToString("{auto_login_tokens=0, device_tokens=0, oauth_tokens=0, membership_requests=0,"
                        + " community_memberships=6000, certificates=0, community_admins=6000}");
        assertThat(summary.get("added_rows")).hasToString("{community_admins=3050, community_memberships=3050}");
        assertThat(fuseUsers.outcomes(1)).hasSize(LEAVERS + 1);
        assertThat(RunStates.of(fuseUsers)).isEqualTo(List.of("1 COMPLETED"));
    }

    private void makeAdmins() {
        world.users(1, LEAVERS);
        world.users(9001, 9010);
        world.execute(
                "insert into communities (id, name) select 10000 + n, 'Of ' || n from generate_series(1, ?) n",
                LEAVERS);
        world.execute(
                "insert into communities (id, name) select 20000 + n, 'Of many' from generate_series(0, ?) n",
                SHARED - 1);
        world.execute(
                "insert into community_admins (community_id, user_id) select c, n from generate_series(1, ?) n,"
                        + " unnest(array[10000 + n, 20000 + n % 50]) c",
                LEAVERS);
        world.execute(
                "insert into community_memberships (community_id, user_id) select c, n from"
                        + " generate_series(1, ?) n, unnest(array[1, 10000 + n]) c",
                LEAVERS);
    }

    /** Starts the command, kills it with that many users done or soon after, and waits until the database has noticed. */
    private void killOnceDone(long users, String... command) throws InterruptedException {
        Process process = fuseUsers.start(command);
        try {
            await().atMost(Duration.ofSeconds(30))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(3))
                    .until(() -> done() >= users);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(137);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> world.count(
                                "select count(*) from pg_stat_activity where usename = ?"
                                        + " and datname = current_database()",
                                database.jobUser())
                        == 0);
    }

    private long done() {
        return world.count("select count(*) from fuse_batch.run_outcomes");
    }

    private static String outcome(long leaver) {
        long own = 10_000 + leaver;
        long shared = 20_000 + leaver % SHARED;
        return "%d,%d,DEACTIVATED,%d;%d,admin of communities %d, %d until user %d took over"
                .formatted(leaver + 1, leaver, own, shared, own, shared, 9_001 + leaver % 10);
    }
}
