package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fuse.users.FuseUsers.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program discloses nothing even in errors and in debug logs. {@link Disclosure} searches the output of these tests
 * like that of all tests.
 */
@ExtendWith(TestPlatform.class)
class DisclosureTest {

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;

    DisclosureTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        for (long user = 1; user <= 4; user++) {
            world.user(user);
            world.everything(user);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail user4@example.org",
                "mail USER4@EXAMPLE.ORG",
                "name " + World.GIVEN_NAME,
                "name " + World.FAMILY_NAME,
                "hash 63616e6172792d746f6b656e01",
                "pass-of-the-job-4X",
                "pass-of-the-owner-7Q"
            })
    void theSearchFindsADisclosedValueAndNamesItsPlace(String text) throws IOException {
        TestDatabase other = TestDatabase.create();
        new FuseUsers(other, folder).input("input.csv", "email", "user1@example.org");
        Files.createDirectories(folder.resolve("reports/run-9"));
        Path report = Files.writeString(folder.resolve("reports/run-9/outcomes.csv"), "user1@example.org\n" + text);

        assertThatThrownBy(other::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(text, report + ", line 2");

        Files.delete(report);
    }

    @Test
    void theStackTraceOfAFailureContainsNoValueOfTheDatabase() {
        world.execute("create function test_sessions.tell() returns trigger language plpgsql as $$ begin"
                + " raise exception 'out of order' using errcode = 'XX000', detail = new.email, hint = '"
                + World.GIVEN_NAME + "'; end $$");
        world.execute("create trigger tell before update on users for each row execute function test_sessions.tell()");

        Result result =
                debug("deactivate", "--yes", "--user", "1", "--user", "2").exits(1);

        assertThat(result.out() + result.err()).contains("PSQLException: ", "\tat com.fuse.users.");
        assertThat(world.texts("select exit_message from fuse_batch.batch_step_execution"))
                .anyMatch(message -> message.contains("Exception: "))
                .noneMatch(message -> message.contains("@") || message.contains(World.GIVEN_NAME));
    }

    @Test
    void theRefusalOfAUserContainsNoValueOfTheRefusedRow() {
        world.execute("alter table users add constraint users_stay check (active or id <> 1)");
        world.execute("create table test_sessions.leavers (email text unique)");
        world.execute("insert into test_sessions.leavers select email from users where id = 2");
        world.execute(
                "create function test_sessions.note() returns trigger language plpgsql security definer as $$ begin"
                        + " insert into test_sessions.leavers values (new.email); return null; end $$");
        world.execute("create trigger note after update on users for each row execute function test_sessions.note()");

        debug("deactivate", "--yes", "--user", "1", "--user", "2", "--user", "3")
                .exits(4);

        assertThat(fuseUsers.outcomes(1))
                .containsExactly(
                        "line,input,user_id,outcome,community_ids,message",
                        "1,1,1,FAILED,,\"new row for relation \"\"users\"\" violates check constraint \"\"users_stay\"\""
                                + " (SQLSTATE 23514)\"",
                        "2,2,2,FAILED,,\"duplicate key value violates unique constraint \"\"leavers_email_key\"\""
                                + " (SQLSTATE 23505)\"",
                        "3,3,3,DEACTIVATED,,");
        assertThat(world.texts("select o::text from fuse_batch.run_outcomes o")).noneMatch(row -> row.contains("@"));
    }

    /** Embedded PostgreSQL trusts every login except in this database. */
    @Test
    void aRefusedPasswordIsNotDisclosed() throws IOException {
        Path file = Path.of(world.texts("select current_setting('hba_file')").get(0));
        String rules = Files.readString(file);
        try {
            reload(file, "host " + database.name() + " " + database.jobUser() + " all scram-sha-256\n" + rules);
            Map<String, String> wrong = login("spring.datasource.password", "pass-of-the-owner-7Q");
            Map<String, String> inUrl = login(
                    "spring.datasource.url",
                    database.url() + "?password=pass-of-the-owner-7Q&user=" + database.jobUser());
            inUrl.remove("spring.datasource.password");

            for (Map<String, String> settings : List.of(wrong, inUrl)) {
                Result result = fuseUsers
                        .run(settings, "deactivate", "--yes", "--user", "1")
                        .exits(78);

                assertThat(result.err()).contains("password authentication failed");
            }
        } finally {
            reload(file, rules);
        }
        fuseUsers.run("runs").exits(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost:1/fuse?password=pass-of-the-job-4X",
                "jdbc:postgresql://localhost:x/fuse?password=pass-of-the-job-4X",
                "jdbc:postgres://fuse:pass-of-the-job-4X@localhost/fuse",
                "postgresql://fuse:pass-of-the-job-4X@localhost/fuse"
            })
    void anUnreachableUrlIsNotDisclosed(String url) {
        Result result = fuseUsers.run(login("spring.datasource.url", url), "runs");

        assertThat(result.exit()).isIn(75, 78);
    }

    @Test
    void noProcessHasAPasswordInItsArguments() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 1 for update");
            Process process = fuseUsers.start("deactivate", "--yes", "--user", "1");
            try {
                other.awaitBlocked(1);
                assertThat(Stream.concat(Stream.of(process.toHandle()), process.descendants())
                                .map(handle -> handle.info().commandLine().orElse("")))
                        .isNotEmpty()
                        .noneMatch(line -> TestDatabase.PASSWORDS.stream().anyMatch(line::contains));
                assertThat(world.texts("select application_name || query from pg_stat_activity"))
                        .noneMatch(text -> TestDatabase.PASSWORDS.stream().anyMatch(text::contains));
                other.close();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private Result debug(String... arguments) {
        return fuseUsers.run(login("logging.level.com.fuse.users", "debug"), arguments);
    }

    /** The job's login, at level debug, with one setting changed. */
    private Map<String, String> login(String setting, String value) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "spring.datasource.url", database.url(),
                "spring.datasource.username", database.jobUser(),
                "spring.datasource.password", database.jobPassword(),
                "logging.level.com.fuse.users", "debug"));
        settings.put(setting, value);
        return settings;
    }

    private void reload(Path file, String rules) throws IOException {
        Files.writeString(file, rules);
        world.texts("select pg_reload_conf()::text");
    }
}
