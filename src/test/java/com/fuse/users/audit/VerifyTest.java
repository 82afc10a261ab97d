package com.fuse.users.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.deactivation.DeletedData;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** {@code runs verify} holds a run against the current database, and exits with 1 for each kind of deviation. */
@ExtendWith(TestPlatform.class)
class VerifyTest {

    private static final String REACTIVATED = "update users set active = true, deactivated_at = null where id = 2";

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final String input;

    VerifyTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        this.input = fuseUsers.input("leavers.csv", "1", "2", "3");
    }

    @BeforeEach
    void deactivateThreeUsers() {
        world.users(1, 4);
        for (long user = 1; user <= 4; user++) {
            world.everything(user);
        }
        fuseUsers.run("deactivate", "--yes", "--chunk-size", "2", input).exits(0);
    }

    @Test
    void aRunHoldsAsLongAsItsUsersStayInactive() {
        var platform = world.platform();

        FuseUsers.Result result = fuseUsers.run("runs", "verify", "1").exits(0);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(fuseUsers.line() + "Run 1, deactivate " + input + """
                : 3 users deactivated

                  Now                                     Users
                  inactive since the run                      3

                Run 1 holds
                """);
        assertThat(world.platform()).isEqualTo(platform);
    }

    @Test
    void laterRunsExplainTheStateOfTheirUsers() {
        fuseUsers.run("reactivate", "--yes", "--user", "1", "--user", "2").exits(0);
        fuseUsers.run("deactivate", "--yes", "--user", "2").exits(0);

        assertThat(verified(0))
                .containsExactly("inactive since the run 1", "deactivated again 1", "reactivated by a run 1");
        assertThat(fuseUsers.run("runs", "verify", "3").exits(0).out()).contains("1 user deactivated");
    }

    @Test
    void aPlanOfAReactivationExplainsNothing() {
        fuseUsers.run("reactivate", "--dry-run", "--user", "2").exits(0);
        world.execute(REACTIVATED);

        assertThat(verified(1)).contains("active, unexplained 1");
    }

    @Test
    void thePlatformExplainsAReactivationByTheNewMembershipOfTheGlobalCommunity() {
        world.execute(REACTIVATED);
        world.execute("insert into community_memberships (community_id, user_id, joined_at) values (1, 2, now())");
        world.deleteUser(3);

        assertThat(verified(0))
                .containsExactly(
                        "inactive since the run 1", "reactivated by the platform 1", "deleted by the platform 1");
    }

    @Test
    void anActiveUserWithoutAnExplanationIsADeviation() {
        world.execute(REACTIVATED);

        FuseUsers.Result result = fuseUsers.run("runs", "verify", "1").exits(1);

        assertThat(result.out())
                .isEqualTo(fuseUsers.line()
                        + "Deviation: line 2, user 2: the user is active, but no run has reactivated the user, and there is"
                        + " no new membership of the global community\n\nRun 1, deactivate " + input + """
                        : 3 users deactivated

                          Now                                     Users
                          inactive since the run                      2
                          active, unexplained                         1
                        """);
        assertThat(result.err())
                .startsWith("fuse-users: run 1 does not hold: 1 deviation; find out what changed the database");
    }

    @Test
    void aUserWhoHasBeenInactiveSinceBeforeTheRunIsADeviation() {
        world.execute("update users set deactivated_at = '2020-01-01Z' where id = 2");

        assertThat(verified(1)).contains("inactive, unexplained 1");
    }

    @Test
    void aRowThatADeactivationDeletesIsADeviation() {
        withoutGuards(
                "insert into oauth_tokens (user_id, token_hash, expires_at) values (2, 'x', now()), (2, 'y', now())");
        withoutGuards("insert into certificates (course_id, user_id, issued_at)"
                + " select id, 3, now() from courses where format = 'scorm' limit 1");

        assertThat(fuseUsers.run("runs", "verify", "1").exits(1).out())
                .startsWith(fuseUsers.line()
                        + "Deviation: user 2 is inactive, but has rows in oauth_tokens\n"
                        + "Deviation: user 3 is inactive, but has rows in certificates\n\nRun 1");
    }

    @Test
    void aUserOfAChunkWithoutAnOutcomeIsADeviation() {
        world.execute("delete from community_admins where user_id = 4");
        world.execute("update users set active = false,"
                + " deactivated_at = (select min(committed_at) from fuse_batch.run_chunks) where id = 4");

        assertThat(fuseUsers.run("runs", "verify", "1").exits(1).out())
                .startsWith(fuseUsers.line()
                        + "Deviation: user 4 was deactivated in a chunk of the run, but has no outcome\n\nRun ");
    }

    @Test
    void findsSuchAUserWhereTheDatabaseSetsTheTimesItself() {
        world.execute("create function cut() returns trigger language plpgsql as $$ begin"
                + " new.deactivated_at = date_trunc('second', new.deactivated_at); return new; end $$");
        world.execute("create trigger cut before update on users for each row execute function cut()");
        world.execute("delete from community_admins where user_id = 4");
        world.users(5, 5);
        fuseUsers.run("deactivate", "--yes", "--user", "5").exits(0);
        assertThat(fuseUsers.run("runs", "verify", "2").exits(0).out()).contains("Run 2 holds");
        world.execute("update users set active = false,"
                + " deactivated_at = (select deactivated_at from users where id = 5) where id = 4");

        assertThat(fuseUsers.run("runs", "verify", "2").exits(1).out())
                .startsWith(fuseUsers.line()
                        + "Deviation: user 4 was deactivated in a chunk of the run, but has no outcome\n\nRun ");
    }

    @Test
    void aLaterRunExplainsAStateWhateverTheClockOfItsMachine() {
        fuseUsers.run("reactivate", "--yes", "--user", "1", "--user", "2").exits(0);
        fuseUsers.run("deactivate", "--yes", "--user", "2").exits(0);
        world.execute(
                "update fuse_batch.run_outcomes set decided_at = decided_at - interval '1 hour' where run_id > 1");
        world.execute("update users set deactivated_at = deactivated_at - interval '1 hour' where id = 2");

        assertThat(verified(0))
                .containsExactly("inactive since the run 1", "deactivated again 1", "reactivated by a run 1");
    }

    @Test
    void onlyARunThatDeactivatedUsersCanBeVerified() {
        fuseUsers.run("reactivate", "--yes", "--user", "1").exits(0);
        fuseUsers.run("deactivate", "--dry-run", "--user", "1").exits(0);

        for (String run : List.of("2", "3")) {
            assertThat(fuseUsers.run("runs", "verify", run).exits(64).err())
                    .isEqualTo("fuse-users: run " + run
                            + " is not a run of deactivate that changes users; only such a run" + " can be verified\n");
        }
        assertThat(fuseUsers.run("runs", "verify", "9").exits(64).err()).startsWith("fuse-users: there is no run 9;");
    }

    @Test
    void eachDeviationIsNamed() {
        world.users(100, 249);
        String[] users = world.texts("select id::text from users where id >= 100 order by id")
                .toArray(String[]::new);
        fuseUsers
                .run("deactivate", "--yes", "--max-percent", "100", fuseUsers.input("many.csv", users))
                .exits(0);
        world.execute("update users set active = true, deactivated_at = null where id >= 100");

        FuseUsers.Result result = fuseUsers.run("runs", "verify", "2").exits(1);

        assertThat(result.out().lines().filter(line -> line.startsWith("Deviation: ")))
                .containsExactlyElementsOf(LongStream.rangeClosed(100, 249)
                        .mapToObj(user ->
                                "Deviation: line %d, user %d: the user is active, but no run has reactivated the"
                                                .formatted(user - 99, user)
                                        + " user, and there is no new membership of the global community")
                        .toList());
        assertThat(result.err()).contains("run 2 does not hold: 150 deviations");
    }

    /** The server ends a transaction that is idle for 20 s, and a pager may wait longer for its reader. */
    @Test
    void aSlowReaderOfTheDeviationsHasTime() throws SQLException {
        world.execute(REACTIVATED);
        List<String> limits = new ArrayList<>();
        try (Connection connection = database.job().getConnection()) {
            connection.setAutoCommit(false);
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));

            new RunVerifier(jdbc, DeletedData.ENTRIES)
                    .verify(
                            1,
                            deviation -> limits.add(jdbc.sql("show idle_in_transaction_session_timeout")
                                    .query(String.class)
                                    .single()));
        }
        assertThat(limits).containsExactly("15min");
    }

    private List<String> verified(int exit) {
        return fuseUsers
                .run("runs", "verify", "1")
                .exits(exit)
                .out()
                .lines()
                .filter(line -> line.startsWith("  "))
                .skip(1)
                .map(line -> line.strip().replaceAll("  +", " "))
                .toList();
    }

    private void withoutGuards(String statement) {
        world.execute("set session_replication_role = replica; " + statement + "; reset session_replication_role");
    }
}
