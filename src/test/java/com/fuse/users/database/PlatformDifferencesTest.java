package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A platform whose own tables are not as they must be is told every difference, and nothing is changed. */
class PlatformDifferencesTest {

    private static final String TO_DO =
            "fuse-users: the platform's tables in schema public differ from what the program"
                    + " needs, and nothing was changed; correct each line below, then run \"migrate\" again";

    private final OwnPlatform platform;

    PlatformDifferencesTest(@TempDir Path folder) throws IOException {
        platform = new OwnPlatform(folder);
    }

    @AfterEach
    void drop() {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alter table users alter column first_name type varchar(255)"
                        + "| public.users.first_name is character varying(255); it must be text",
                "alter table users alter column username drop not null"
                        + "| public.users.username is text; it must be text not null",
                "update users set email = username; alter table users alter column email set not null"
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
                "create index users_email_any_case on users (lower(email))"
                        + "| public.users_email_any_case is something else than the guard of this name; rename it",
                "create table communities_one_global ()"
                        + "| public.communities_one_global is something else than the guard of this name; rename it",
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
        platform.execute(change);
        Map<String, List<String>> before = platform.everything();

        FuseUsers.Result refused = platform.migrate().exits(78);

        assertThat(refused.out()).isEqualTo(platform.line());
        assertThat(refused.err()).isEqualTo(TO_DO + "\n" + line.replace("; public", "\npublic") + "\n");
        assertThat(platform.everything()).isEqualTo(before);
    }

    @Test
    void everyDifferenceIsListedInTheOrderOfTheTables() {
        platform.execute("drop view deliverable_notifications");
        platform.execute("drop table notifications, favourites");
        platform.execute("drop index one_address");
        platform.execute(
                "alter table users alter column first_name type numeric using 0, alter column created_at drop not null");
        platform.execute("alter table courses drop column format");

        assertThat(platform.migrate().exits(78).err().lines())
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
        platform.execute("alter table users alter column first_name type varchar");
        platform.migrate().exits(78);
        platform.execute("alter table users alter column first_name type text");

        assertThat(platform.migrate().exits(0).out()).isEqualTo(platform.line() + OwnPlatform.TAKEN);
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
        platform.execute(change);
        Map<String, List<String>> before = platform.everything();

        assertThat(platform.migrate().exits(78).err()).isEqualTo(TO_DO + "\n" + line + "\n");

        assertThat(platform.everything()).isEqualTo(before);
    }

    @Test
    void tablesOfAnotherOwnerRefuseTheMigration() {
        String plain = "owner_of_" + platform.database().name();
        platform.execute("create role " + plain + " login createrole password 'plain'");
        platform.execute("alter database " + platform.database().name() + " owner to " + plain);
        platform.execute("alter table users owner to " + plain);

        FuseUsers.Result refused = platform.migrateAs(plain, "plain").exits(78);

        assertThat(refused.err().lines())
                .hasSize(24)
                .startsWith(
                        TO_DO, "public.communities belongs to the role postgres; this login must be a member of it");
        platform.texts("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'")
                .forEach(table -> platform.execute("alter table " + table + " owner to " + plain));
        assertThat(platform.migrateAs(plain, "plain").exits(0).out())
                .isEqualTo(platform.lineFor(plain) + OwnPlatform.TAKEN);
    }

    /** Nothing of the platform's tables exists, so there is nothing to compare. */
    @Test
    void aNameThatIsInUseIsNamed() {
        platform.execute("drop schema public cascade; create schema public; create table public.activities_user ()");

        assertThat(platform.migrate().exits(78).err())
                .isEqualTo("fuse-users: relation \"activities_user\" already exists (SQLSTATE 42P07), but not by this"
                        + " program, which needs the name; rename it, then run \"migrate\" again\n");

        assertThat(platform.texts("select relname from pg_class where relnamespace = 'public'::regnamespace"))
                .containsExactly("activities_user");
    }
}
