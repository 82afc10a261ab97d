package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.database.Migrator.Migrated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A platform that has its own tables keeps them as they are, or is told every difference. */
class PlatformTablesTest {

    private static final String TO_DO =
            "fuse-users: the platform's tables in schema public differ from what the program"
                    + " needs, and nothing was changed; correct each line below, then run \"migrate\" again";

    private static final String TAKEN =
            "The platform's own tables in schema public are as needed; they stay as they are\n"
                    + "4 migrations applied; the schema is up to date\n";

    private static final String UP_TO_DATE = "0 migrations applied; the schema is up to date\n";

    private static final String HISTORY =
            "select concat_ws(' ', version, type) from fuse_batch.flyway_schema_history order by installed_rank";

    private final TestDatabase database = TestDatabase.createUnmigrated();
    private final JdbcClient owner = JdbcClient.create(database.owner());
    private final FuseUsers fuseUsers;

    PlatformTablesTest(@TempDir Path folder) {
        fuseUsers = new FuseUsers(database, folder);
    }

    @BeforeEach
    void makePlatform() throws IOException {
        owner.sql(new ClassPathResource("platform.sql", PlatformTablesTest.class)
                        .getContentAsString(StandardCharsets.UTF_8))
                .update();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void aPlatformKeepsItsTablesAndGetsTheGuards() {
        Map<String, List<String>> before = publicObjects();

        assertThat(migrate().exits(0).out()).isEqualTo(line(database.ownerUser()) + TAKEN);

        Map<String, List<String>> after = publicObjects();
        assertThat(added(before, after, "pg_class"))
                .containsExactly("i communities_one_global", "i users_email_any_case");
        assertThat(added(before, after, "pg_proc"))
                .containsExactly("refuse_inactive_admins", "refuse_inactive_grantees", "refuse_inactive_users");
        assertThat(added(before, after, "pg_trigger"))
                .hasSize(15)
                .allMatch(trigger -> trigger.contains(" no_inactive_"));
        for (String unchanged : List.of("pg_attribute", "pg_constraint", "rows")) {
            assertThat(added(before, after, unchanged)).as(unchanged).isEmpty();
        }
        assertThat(texts(HISTORY)).containsExactly("1 BASELINE", "SCHEMA", "2 SQL", "3 SQL", "4 SQL", "5 SQL");
    }

    @Test
    void theSecondMigrateHasNothingToDo() {
        migrate().exits(0);
        Map<String, List<String>> before = publicObjects();
        owner.sql("alter table users drop column first_name").update();

        assertThat(migrate().exits(0).out()).isEqualTo(line(database.ownerUser()) + UP_TO_DATE);

        assertThat(texts(HISTORY)).hasSize(6);
        assertThat(added(before, publicObjects(), "pg_trigger")).isEmpty();
    }

    @Test
    void theJobChangesUsersOfThePlatform() {
        // Makes the job's login, which all databases of the server share.
        TestDatabase.create().close();
        migrate().exits(0);

        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);
        fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(0);
        fuseUsers.run("deactivate", "--yes", "--user", "2").exits(0);

        assertThat(texts("select id || ' ' || active from users order by id"))
                .containsExactly("1 true", "2 false", "3 false");
        assertThat(texts(
                        "select user_id || ' ' || community_id || ' ' || source from community_memberships order by 1"))
                .containsExactly("1 1 unknown", "1 2 unknown");
        assertThat(texts("select user_id from oauth_tokens")).isEmpty();
        assertThat(texts("select id || ' ' || course_id || ' ' || user_id from certificates"))
                .containsExactly("2 10 1");
    }

    @Test
    void missingIndexesAreNamedAfterEveryMigrate() {
        String notes = note("community_admins") + note("oauth_tokens");
        owner.sql("alter table certificates drop constraint certificates_user_id_course_id_key")
                .update();
        owner.sql("alter table certificates add unique (course_id, user_id)").update();

        assertThat(migrate().err()).isEqualTo(note("certificates") + notes);
        owner.sql("create index on certificates (user_id)").update();
        assertThat(migrate().err()).isEqualTo(notes);
    }

    private static String note(String table) {
        return "note: no index of public.%1$s begins with user_id, so each chunk of a run reads the whole table; create one: create index concurrently on public.%1$s (user_id)\n"
                .formatted(table);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alter table users alter column first_name type varchar(255)"
                        + "| public.users.first_name is character varying(255); it must be text",
                "alter table users alter column username drop not null"
                        + "| public.users.username is text; it must be text not null",
                "alter table users alter column email set not null"
                        + "| public.users.email is text not null; it must be text",
                "alter table users drop column personal_data_removed_at"
                        + "| public.users.personal_data_removed_at is missing; it must be timestamp with time zone",
                "alter table users drop column last_name, add last_name text generated always as (username) stored"
                        + "| public.users.last_name is text generated; it must be text",
                "alter table oauth_tokens alter column expires_at type timestamp"
                        + "| public.oauth_tokens.expires_at is timestamp without time zone; it must be timestamp with time zone",
                "alter table assessment_results alter column score type numeric(6, 2)"
                        + "| public.assessment_results.score is numeric(6,2); it must be numeric(5,2)",
                "alter table device_tokens rename to device_token"
                        + "| public.device_tokens is missing; it must be a table",
                "drop view sign_in_accounts| public.sign_in_accounts is missing; it must be a view",
                "drop view sign_in_accounts; create view sign_in_accounts as select id, username::varchar from users"
                        + "| public.sign_in_accounts.username is character varying; it must be text"
                        + "; public.sign_in_accounts.email is missing; it must be text",
                "drop view sign_in_accounts; create table sign_in_accounts (id bigint, username text, email text)"
                        + "| public.sign_in_accounts is a table; it must be a view",
                "drop view sign_in_accounts; create materialized view sign_in_accounts as select * from users"
                        + "| public.sign_in_accounts is a relation of another kind; it must be a view",
                "drop index one_name"
                        + "| public.users has no primary key or unique constraint on (username), or only a deferrable one",
                "drop index one_name; create unique index on users (username) where active"
                        + "| public.users has no primary key or unique constraint on (username), or only a deferrable one",
                "drop index one_name; create index on users (username)"
                        + "| public.users has no primary key or unique constraint on (username), or only a deferrable one",
                "drop index one_name; alter table users add unique (username) deferrable"
                        + "| public.users has no primary key or unique constraint on (username), or only a deferrable one",
                "alter table community_admins drop constraint community_admins_pkey"
                        + "| public.community_admins has no primary key or unique constraint on (community_id, user_id), or only a deferrable one",
                "alter table certificates drop constraint certificates_user_id_course_id_key, add unique (user_id)"
                        + "| public.certificates has no primary key or unique constraint on (course_id, user_id), or only a deferrable one",
                "alter table certificates alter column id drop default"
                        + "| public.certificates.id is not null without a default; the job inserts rows without it",
                "alter table community_memberships alter column source drop default"
                        + "| public.community_memberships.source is not null without a default; the job inserts rows without it",
            })
    void oneDifferenceRefusesTheMigrationAndChangesNothing(String change, String line) {
        owner.sql(change).update();
        Map<String, List<String>> before = everything();

        FuseUsers.Result refused = migrate().exits(78);

        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).isEqualTo(TO_DO + "\n" + line.replace("; public", "\npublic") + "\n");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void everyDifferenceIsListedInTheOrderOfTheTables() {
        owner.sql("drop view deliverable_notifications").update();
        owner.sql("drop table notifications, favourites").update();
        owner.sql("drop index one_address").update();
        owner.sql(
                        "alter table users alter column first_name type numeric using 0, alter column created_at drop not null")
                .update();
        owner.sql("alter table courses drop column format").update();

        assertThat(migrate().exits(78).err().lines())
                .containsExactly(
                        TO_DO,
                        "public.users.first_name is numeric; it must be text",
                        "public.users.created_at is timestamp with time zone; it must be timestamp with time zone not null",
                        "public.users has no primary key or unique constraint on (email), or only a deferrable one",
                        "public.courses.format is missing; it must be text not null",
                        "public.notifications is missing; it must be a table",
                        "public.favourites is missing; it must be a table",
                        "public.deliverable_notifications is missing; it must be a view");
    }

    @Test
    void aCorrectedPlatformIsTaken() {
        owner.sql("alter table users alter column first_name type varchar").update();
        migrate().exits(78);
        owner.sql("alter table users alter column first_name type text").update();

        assertThat(migrate().exits(0).out()).isEqualTo(line(database.ownerUser()) + TAKEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into users (id, username, email, active, created_at, password_hash) values (7, 'g', 'ANNA@example.org', true, now(), ''), (8, 'h', 'x@example.org', true, now(), ''), (9, 'i', 'X@example.org', true, now(), '')"
                        + "| public.users has 2 e-mail addresses that several users share in upper or lower case, such as of users 1, 7",
                "update users set active = false"
                        + "| public.users has 2 users whose deactivated_at does not say whether they are active, such as user 1",
                "update communities set is_global = true"
                        + "| public.communities has 2 global communities (1, 2); there must be one",
            })
    void rowsThatTheJobWouldMisreadRefuseTheMigration(String change, String line) {
        owner.sql(change).update();
        Map<String, List<String>> before = everything();

        assertThat(migrate().exits(78).err()).isEqualTo(TO_DO + "\n" + line + "\n");

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void tablesOfAnotherOwnerRefuseTheMigration() {
        String plain = "owner_of_" + database.name();
        owner.sql("create role " + plain + " login createrole password 'plain'").update();
        owner.sql("alter database " + database.name() + " owner to " + plain).update();
        owner.sql("alter table users owner to " + plain).update();
        Map<String, String> settings = settings(plain, "plain");

        FuseUsers.Result refused = fuseUsers.run(settings, "migrate").exits(78);

        assertThat(refused.err().lines())
                .hasSize(25)
                .startsWith(
                        TO_DO, "public.communities belongs to the role postgres; this login must be a member of it");
        texts("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'")
                .forEach(table ->
                        owner.sql("alter table " + table + " owner to " + plain).update());
        assertThat(fuseUsers.run(settings, "migrate").exits(0).out()).isEqualTo(line(plain) + TAKEN);
    }

    @Test
    void theTablesAndGuardsOfARestoredSchemaAreTaken() {
        migrate().exits(0);
        owner.sql("drop schema fuse_batch cascade").update();
        Map<String, List<String>> before = publicObjects();

        assertThat(migrate().exits(0).out()).isEqualTo(line(database.ownerUser()) + TAKEN);

        assertThat(publicObjects()).isEqualTo(before);
    }

    @Test
    void recordsWithoutAHistoryRefuseTheMigration() {
        migrate().exits(0);
        owner.sql("drop table fuse_batch.flyway_schema_history").update();

        assertThat(migrate().exits(78).err())
                .isEqualTo(
                        "fuse-users: schema fuse_batch has tables but no flyway_schema_history; restore the whole schema"
                                + " from a backup, or drop it to start without the records of earlier runs\n");
    }

    /** An event trigger makes the session fail that commits a row of the history, as a crash at this moment does. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "5"})
    void aCrashBeforeAMigrationIsRecordedLeavesAStateThatMigrateCompletes(String version) {
        owner.sql("""
                create function crash() returns trigger language plpgsql as $$ begin
                    perform pg_terminate_backend(pg_backend_pid());
                    return null;
                end $$""").update();
        owner.sql("""
                create function set_crash() returns event_trigger language plpgsql as $$ begin
                    if to_regclass('fuse_batch.flyway_schema_history') is not null
                       and not exists (select from pg_trigger where tgname = 'crash') then
                        create constraint trigger crash after insert on fuse_batch.flyway_schema_history
                            deferrable initially deferred for each row when (new.version = '%s')
                            execute function crash();
                    end if;
                end $$""".formatted(version)).update();
        owner.sql("create event trigger set_crash on ddl_command_end when tag in ('CREATE TABLE', 'ALTER TABLE')"
                        + " execute function set_crash()")
                .update();

        assertThat(migrate().exit()).isNotZero();

        owner.sql("drop event trigger set_crash").update();
        owner.sql("drop function set_crash(), crash() cascade").update();
        assertThat(migrate().exits(0).out()).endsWith("migrations applied; the schema is up to date\n");
        assertThat(migrate().out()).isEqualTo(line(database.ownerUser()) + UP_TO_DATE);
        assertThat(texts(HISTORY)).contains("1 BASELINE", "2 SQL", "5 SQL");
    }

    @Test
    void aHistoryThatAnInterruptedMigrationLeftEmptyIsNoObstacle() {
        migrate().exits(0);
        owner.sql("drop schema fuse_batch cascade; create schema fuse_batch").update();
        owner.sql("create table fuse_batch.flyway_schema_history (version text)")
                .update();

        assertThat(migrate().exits(0).out()).isEqualTo(line(database.ownerUser()) + TAKEN);
    }

    @Test
    void ofTwoMigrationsAtTheSameTimeOneWaitsForTheOther() {
        List<String> unindexed = List.of("community_admins", "oauth_tokens");
        CompletableFuture<Migrated> other =
                CompletableFuture.supplyAsync(() -> new Migrator(database.owner()).migrate());

        Migrated one = new Migrator(database.owner()).migrate();

        assertThat(List.of(one, other.join()))
                .containsExactlyInAnyOrder(new Migrated(4, true, unindexed), new Migrated(0, false, unindexed));
    }

    private String line(String login) {
        return new DatabaseLogin("localhost", database.port(), database.name(), login).line() + "\n";
    }

    private FuseUsers.Result migrate() {
        return fuseUsers.run(settings(database.ownerUser(), database.ownerPassword()), "migrate");
    }

    private Map<String, String> settings(String user, String password) {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put("spring.datasource.username", user);
        settings.put("spring.datasource.password", password);
        return settings;
    }

    private List<String> texts(String query) {
        return owner.sql(query).query(String.class).list();
    }

    /** The names of what schema public holds, by catalog, and the rows of users and memberships. */
    private Map<String, List<String>> publicObjects() {
        Map<String, List<String>> objects = new TreeMap<>();
        objects.put(
                "pg_class",
                texts(
                        "select relkind || ' ' || relname from pg_class where relnamespace = 'public'::regnamespace order by 1"));
        objects.put(
                "pg_attribute",
                texts(
                        "select attrelid::regclass || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull from pg_attribute join pg_class c on c.oid = attrelid where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') and attnum > 0 order by 1"));
        objects.put(
                "pg_constraint",
                texts(
                        "select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace order by 1"));
        objects.put(
                "pg_proc", texts("select proname from pg_proc where pronamespace = 'public'::regnamespace order by 1"));
        objects.put(
                "pg_trigger",
                texts("select tgrelid::regclass || ' ' || tgname from pg_trigger where not tgisinternal order by 1"));
        objects.put(
                "rows",
                texts(
                        "select u::text || coalesce(m::text, '') from users u left join community_memberships m on m.user_id = u.id order by 1"));
        return objects;
    }

    /** {@link #publicObjects()}, and every schema. */
    private Map<String, List<String>> everything() {
        Map<String, List<String>> objects = publicObjects();
        objects.put(
                "pg_namespace",
                texts(
                        "select nspname || ' ' || coalesce(nspacl::text, '') from pg_namespace where nspname !~ '^pg_(toast_)?temp' order by 1"));
        return objects;
    }

    private static List<String> added(
            Map<String, List<String>> before, Map<String, List<String>> after, String catalog) {
        List<String> added = new ArrayList<>(after.get(catalog));
        before.get(catalog).forEach(added::remove);
        return added;
    }
}
