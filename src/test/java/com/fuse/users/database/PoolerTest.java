package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.PgBouncer;
import com.fuse.users.Pgpool;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a pooler, the program needs sessions of its own: it works in session mode and names every other mode. */
@ExtendWith(TestPlatform.class)
record PoolerTest(TestDatabase database, World world, FuseUsers fuseUsers) {

    private static final List<List<String>> COMMANDS = List.of(
            List.of("deactivate", "--yes", "--user", "1"),
            List.of("runs"),
            List.of("migrate"),
            List.of("communities"),
            List.of("runs", "purge", "--older-than", "0d", "--yes"));

    /** A command that changes users, one that only reads, and one that changes tables. */
    private static final List<List<String>> ONE_OF_EACH_KIND = COMMANDS.subList(0, 3);

    @Test
    void aRunBehindAPoolerInSessionModeIsLikeAnyOther() throws IOException {
        Crowd crowd = new Crowd(world, 100);
        String input = fuseUsers.input("leavers.csv", crowd.lines());

        try (PgBouncer pooler = new PgBouncer(database, "session")) {
            FuseUsers.Result run = fuseUsers.run(
                    pooler.jobSettings(), "deactivate", "--yes", "--max-percent", "100", "--chunk-size", "10", input);

            assertThat(run.exits(0).err()).isEmpty();
            assertThat(run.out()).startsWith("Run 1 on " + login(pooler.port()) + ": deactivate " + input + "\n");
        }
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 100));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, 100));
    }

    /** A pooler passes on no options of the start, and may ignore them without a word. */
    @Test
    void aSessionBehindAPoolerHasTheSettingsThatTheProgramReliesOn() throws IOException {
        world.user(1);
        world.execute("create table test_sessions.seen as select name, setting from pg_settings where false");
        world.execute(
                "create function test_sessions.see() returns trigger security definer language plpgsql as $$ begin"
                        + " insert into test_sessions.seen select name, current_setting(name) from pg_settings; return new; end $$");
        world.execute("create trigger see after insert on fuse_batch.run_chunks for each row execute function"
                + " test_sessions.see()");

        try (PgBouncer pooler = new PgBouncer(database, "session", "ignore_startup_parameters = options")) {
            fuseUsers
                    .run(pooler.jobSettings(), "deactivate", "--yes", "--user", "1")
                    .exits(0);
        }

        assertThat(world.texts("""
                        select name || ' ' || setting
                        from test_sessions.seen
                        where name in ('row_security', 'lock_timeout', 'jit')
                           or name like 'tcp\\_%' or name like 'idle\\_in\\_transaction%'
                        order by name
                        """))
                .containsExactly(
                        "idle_in_transaction_session_timeout 20s",
                        "jit off",
                        "lock_timeout 10s",
                        "row_security off",
                        "tcp_keepalives_count 3",
                        "tcp_keepalives_idle 10",
                        "tcp_keepalives_interval 5",
                        "tcp_user_timeout 20000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "statement"})
    void everyCommandNamesAPoolerThatSharesItsSessions(String mode) throws IOException {
        world.user(1);

        try (PgBouncer pooler = new PgBouncer(database, mode)) {
            assertRefused(pooler, COMMANDS);
        }
        assertThat(world.texts("select active::text from users")).containsExactly("true");
        assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default_pool_size = 1", "server_round_robin = 1", "ignore_startup_parameters = options"})
    void howeverItsPoolIsSet(String setting) throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "transaction", setting)) {
            assertRefused(pooler, ONE_OF_EACH_KIND);
        }
    }

    /** The pool has several sessions of the server, and hands them out in turn. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 9})
    void howeverManySessionsItHolds(int sessions) throws IOException, SQLException {
        try (PgBouncer pooler = new PgBouncer(database, "transaction", "server_round_robin = 1")) {
            List<Connection> others = new ArrayList<>();
            for (int session = 0; session < sessions; session++) {
                Connection other = DriverManager.getConnection(
                        pooler.jobSettings().get("spring.datasource.url"), database.jobUser(), database.jobPassword());
                other.setAutoCommit(false);
                try (Statement statement = other.createStatement()) {
                    statement.execute("select 1");
                }
                others.add(other);
            }
            for (Connection other : others) {
                // Otherwise the pooler would close the server's session too.
                other.commit();
                other.close();
            }

            assertRefused(pooler, ONE_OF_EACH_KIND);
        }
    }

    @Test
    void aPoolersRefusalOfAParameterIsNoLossOfTheDatabase() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "session")) {
            Map<String, String> settings = pooler.jobSettings();
            settings.merge("spring.datasource.url", "?options=-c%20jit=off", String::concat);

            FuseUsers.Result refused = fuseUsers.run(settings, "runs").exits(78);

            assertThat(refused.err())
                    .isEqualTo(
                            "fuse-users: the database refuses: unsupported startup parameter: options (SQLSTATE 08P01);"
                                    + " a connection pooler must be in session mode and pass on what the program asks for; change"
                                    + " its settings, or connect to the server directly\n");
        }
    }

    @Test
    void everyCommandNamesPgpool() throws IOException {
        world.user(1);

        try (Pgpool pooler = new Pgpool(database)) {
            assertThat(COMMANDS.stream()
                            .map(command -> fuseUsers.run(pooler.jobSettings(), command.toArray(String[]::new)))
                            .flatMap(refused -> Stream.of(refused.exit() + refused.out(), refused.err())))
                    .containsOnly(
                            "78",
                            "fuse-users: " + login(pooler.port())
                                    + ": pgpool is in between, and may send the statements of one session to several"
                                    + " servers; connect to the primary server directly\n");
        }
        assertThat(world.texts("select active::text from users")).containsExactly("true");
        assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
    }

    private void assertRefused(PgBouncer pooler, List<List<String>> commands) {
        assertThat(commands.stream()
                        .map(command -> fuseUsers.run(pooler.jobSettings(), command.toArray(String[]::new)))
                        .flatMap(refused -> Stream.of(refused.exit() + refused.out(), refused.err())))
                .containsOnly(
                        "78",
                        "fuse-users: " + login(pooler.port())
                                + ": a connection pooler in transaction or statement mode is in"
                                + " between, and the program needs a session of its own; set the pooler to session mode,"
                                + " or connect to the server directly\n");
    }

    private String login(int port) {
        return new DatabaseLogin("localhost", port, database.name(), database.jobUser()).describe();
    }
}
