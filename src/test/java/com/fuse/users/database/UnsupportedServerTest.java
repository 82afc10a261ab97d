package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each command that changes something names an environment that will not do, before it writes. The engines are imitated
 * by what a PostgreSQL can be made to answer.
 */
@ExtendWith(TestPlatform.class)
record UnsupportedServerTest(TestDatabase database, World world, FuseUsers fuseUsers) {

    private static final List<List<String>> WRITING = List.of(
            List.of("deactivate", "--yes", "--user", "1"),
            List.of("deactivate", "--dry-run", "--user", "1"),
            List.of("reactivate", "--yes", "--user", "1"),
            List.of("reissue-certificates", "--yes", "--user", "1"),
            List.of("undo", "--yes", "1"),
            List.of("stop", "1"),
            List.of("runs", "purge", "--older-than", "0d", "--yes"),
            List.of("migrate"));

    private static final String ELSEWHERE = "; the platform's tables must be tables of this database, so that one"
            + " transaction changes all of a user's rows; connect to the database that has them";

    @BeforeEach
    void addUser() {
        world.user(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PostgreSQL 15.2-YB-2.25.0.0-b0 on aarch64-unknown-linux-gnu| YugabyteDB 15.2-YB-2.25.0.0-b0",
                "CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15)| CockroachDB CCL v24.1.0",
            })
    void anotherProductIsKnownByItsVersion(String version, String product) {
        replaceFunction("version()", "text", "begin return '" + version + "'; end");

        assertRefused("the server is " + product
                + ", and the program needs PostgreSQL 14 or newer; connect to such a server");
    }

    @Test
    void auroraDsqlIsKnownByATableOfItsOwn() {
        world.execute("create schema sys; create table sys.iam_pg_role_mappings ()");

        assertRefused(
                "the server is Aurora DSQL, and the program needs PostgreSQL 14 or newer; connect to such a server");
    }

    @Test
    void anUnknownProductIsRefusedIfItsAdvisoryLocksLockNothing() {
        replaceFunction("version()", "text", "begin return 'PostgreSQL 16.0 (OtherSQL 1.0) on x86_64'; end");
        replaceFunction("pg_try_advisory_xact_lock_shared(int, int)", "boolean", "begin return true; end");

        assertRefused(
                "PostgreSQL 16.0 lacks what the program needs: advisory locks; connect to PostgreSQL 14 or newer");
    }

    @Test
    void tablesThatCitusManagesAreRefused() {
        world.execute("create schema engine; grant usage on schema engine to public");
        world.execute("create table engine.pg_dist_partition (logicalrelid regclass, partmethod \"char\")");
        world.execute("grant select on engine.pg_dist_partition to public");
        world.execute("alter table engine.pg_dist_partition add unique (logicalrelid)");
        searchFirst("engine");
        world.execute("create table elsewhere (); insert into engine.pg_dist_partition values ('elsewhere', 'h')");
        fuseUsers.run("deactivate", "--dry-run", "--user", "1").exits(0);

        world.execute("insert into engine.pg_dist_partition values ('public.users', 'h'), ('public.courses', 'n')");

        assertRefusedWithRuns(
                1,
                "Citus manages courses, users, and the guards and locks of the program need tables of one server; call"
                        + " undistribute_table for each of them, or connect to a database without Citus");
    }

    @Test
    void aForeignTableIsRefused() {
        foreignServer();
        world.execute("alter table oauth_tokens rename to old_tokens");
        world.execute("create foreign table oauth_tokens (id bigint, user_id bigint) server other");
        world.execute("grant all on oauth_tokens to fuse_users_job");

        assertRefused("oauth_tokens is a foreign table" + ELSEWHERE);
    }

    @Test
    void aTableWithAForeignPartitionIsRefused() {
        foreignServer();
        world.execute("drop table content_views");
        world.execute("create table content_views (user_id bigint) partition by hash (user_id)");
        world.execute("create table views_0 partition of content_views for values with (modulus 2, remainder 0)");
        world.execute("create foreign table views_1 partition of content_views"
                + " for values with (modulus 2, remainder 1) server other");

        assertRefused("views_1 is a foreign table" + ELSEWHERE);
    }

    @Test
    void aViewInPlaceOfATableIsRefused() {
        world.execute("alter table device_tokens rename to tokens");
        world.execute("create view device_tokens as select * from tokens");

        assertRefused("device_tokens is a view" + ELSEWHERE);
    }

    /** The second host need not be reached for that. */
    @Test
    void severalHostsAreRefusedUnlessTheyLeadToThePrimary() {
        String url = "jdbc:postgresql://localhost:%1$d,localhost:%1$d/%2$s".formatted(database.port(), database.name());

        assertRefused(
                with(url),
                0,
                "SPRING_DATASOURCE_URL names several hosts with targetServerType=any, so a connection may lead to a"
                        + " standby; add targetServerType=primary to it");

        fuseUsers
                .run(with(url + "?targetServerType=primary"), "deactivate", "--yes", "--user", "1")
                .exits(0);
        fuseUsers.run(with(url), "runs").exits(0);
    }

    private void assertRefused(String reason) {
        assertRefusedWithRuns(0, reason);
    }

    private void assertRefusedWithRuns(long runs, String reason) {
        assertRefused(database.jobSettings(), runs, reason);
    }

    /** Refused by every command that writes, with the same line, and by {@code check}. Nothing is written. */
    private void assertRefused(Map<String, String> settings, long runs, String reason) {
        String refusal = database.login().describe() + ": " + reason;
        for (List<String> command : WRITING) {
            FuseUsers.Result refused =
                    fuseUsers.run(settings, command.toArray(String[]::new)).exits(78);
            assertThat(refused.out()).as(command.toString()).isEmpty();
            assertThat(refused.err()).as(command.toString()).isEqualTo("fuse-users: " + refusal + "\n");
        }
        assertThat(fuseUsers.run(settings, "check").exits(78).out().lines())
                .filteredOn(line -> line.startsWith("FAILED   server "))
                .singleElement()
                .asString()
                .endsWith(reason);
        assertThat(world.texts("select active::text from users")).containsExactly("true");
        assertThat(world.count("select count(*) from fuse_batch.runs")).isEqualTo(runs);
    }

    private Map<String, String> with(String url) {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put("spring.datasource.url", url);
        return settings;
    }

    private void foreignServer() {
        world.execute("create foreign data wrapper other; create server other foreign data wrapper other");
    }

    private void replaceFunction(String function, String type, String body) {
        world.execute("create schema if not exists engine; grant usage on schema engine to public");
        world.execute(
                "create function engine." + function + " returns " + type + " language plpgsql as $$ " + body + " $$");
        searchFirst("engine");
    }

    /** The sessions search this schema before the server's own. */
    private void searchFirst(String schema) {
        world.execute("do $$ begin execute format('alter database %I set search_path = " + schema
                + ", pg_catalog, public', current_database()); end $$");
    }
}
