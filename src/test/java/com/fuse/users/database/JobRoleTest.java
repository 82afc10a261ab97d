package com.fuse.users.database;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Exactly the rights that PostgreSQL grants to the job's role, determined by trying everything on every table and
 * column, so that a new table, a new column or a wrong grant shows.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(TestPlatform.class)
record JobRoleTest(TestDatabase database, World world) {

    private static final String NOT_ALLOWED = "42501";
    private static final String NOT_FOR_A_VIEW = "55000";
    private static final String NOT_A_TABLE = "42809";

    @Test
    void theLoginIsAMemberOfTheJobsRoleOnly() {
        assertThat(world.texts(
                        "select r.rolname::text from pg_auth_members m join pg_roles r on r.oid = m.roleid"
                                + " where m.member = ?::regrole",
                        database.jobUser()))
                .containsExactly("fuse_users_job");
        assertThat(world.texts("""
                        select rolname::text from pg_roles
                        where rolname in (?, 'fuse_users_job')
                          and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
                        """, database.jobUser())).isEmpty();
        assertThat(world.count(
                        "select count(*) from pg_shdepend where deptype = 'o'"
                                + " and refobjid in (?::regrole, 'fuse_users_job'::regrole)",
                        database.jobUser()))
                .isZero();
    }

    @Test
    void itReadsAndChangesOnlyTheseColumnsOfThePlatform() throws SQLException {
        assertThat(rights("public")).isEqualTo("""
                auto_login_tokens: select (user_id), delete
                certificates: select (course_id user_id), insert (course_id user_id issued_at), delete
                communities: select
                community_admins: select, insert, update (granted_at), delete
                community_memberships: select, insert, delete
                course_completions: select (course_id user_id)
                courses: select (id community_id format)
                device_tokens: select (user_id), delete
                membership_requests: select (user_id), delete
                oauth_tokens: select (user_id), delete
                users: select (id username email active deactivated_at created_at personal_data_removed_at),\
                 update (active deactivated_at)
                """);
    }

    @Test
    void itReadsAndChangesOnlyTheseColumnsOfTheJobsRecords() throws SQLException {
        assertThat(rights("fuse_batch")).isEqualTo("""
                attempts: select, insert (job_execution_id account host version lock_pid), update (error)
                batch_job_execution: select, insert, update, delete
                batch_job_execution_context: select, insert, update, delete
                batch_job_execution_params: select, insert, update, delete
                batch_job_instance: select, insert, update, delete
                batch_step_execution: select, insert, update, delete
                batch_step_execution_context: select, insert, update, delete
                command_runs: select, insert, update (opened_at)
                commands: select, insert, update (ended_at), delete
                flyway_schema_history: select
                helpers: select, insert (job_execution_id account host)
                int_channel_message: select, insert, update, delete
                purged_runs: select,\
                 insert (run_id command dry_run input_digest ended_at exit_code abandoned purged_at)
                run_chunks: select, insert, delete
                run_outcomes: select, insert, delete
                run_rows: select, insert, delete
                run_users: select, insert, delete
                runs: select, insert, update, delete
                waits: select, insert (run_id attempt reason), update (last_checked_at), delete
                """);
    }

    @Test
    void itAltersNoTable() throws SQLException {
        List<String> allowed = new ArrayList<>();
        try (Connection connection = database.job().getConnection()) {
            for (String table : world.texts("select n.nspname || '.' || c.relname from pg_class c join pg_namespace n"
                    + " on n.oid = c.relnamespace where n.nspname in ('public', 'fuse_batch') and c.relkind = 'r'")) {
                for (String statement : List.of(
                        "drop table %s cascade",
                        "truncate %s cascade",
                        "alter table %s add made int",
                        "alter table %s disable trigger all",
                        "alter table %s rename to made",
                        "alter table %s owner to " + database.jobUser(),
                        "create index made on %s ((1))",
                        "create trigger made after insert on %s execute function suppress_redundant_updates_trigger()",
                        "create rule made as on insert to %s do instead nothing")) {
                    if (isAllowed(connection, statement.formatted(table))) {
                        allowed.add(statement.formatted(table));
                    }
                }
            }
        }
        assertThat(allowed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table public.made ()",
                "create table fuse_batch.made ()",
                "create view public.made as select 1",
                "create view fuse_batch.made as select 1",
                "create sequence public.made",
                "create sequence fuse_batch.made",
                "create type public.made as (x int)",
                "create type fuse_batch.made as (x int)",
                "create function public.made() returns int language sql as 'select 1'",
                "create function fuse_batch.made() returns int language sql as 'select 1'",
                "create schema made",
                "create database made",
                "create role made",
                "create extension dblink",
                "drop schema fuse_batch cascade",
                "drop view public.sign_in_accounts",
                "drop function public.refuse_inactive_users() cascade",
                "alter function public.refuse_inactive_admins() security invoker",
                "alter role fuse_users_job createrole",
                "alter system set fsync = 'off'",
                "set session_replication_role = 'replica'",
                "set role postgres",
                "copy public.users (id) to program 'true'",
                "select pg_read_file('postgresql.conf')",
                "select setval('fuse_batch.runs_id_seq', 1)",
                "select setval('fuse_batch.batch_job_execution_seq', 1)"
            })
    void itCreatesAltersAndDropsNothing(String statement) throws SQLException {
        try (Connection connection = database.job().getConnection()) {
            assertThat(isAllowed(connection, statement)).isFalse();
        }
    }

    /** A line for each table or view of which the role may do something. */
    private String rights(String schema) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.job().getConnection()) {
            connection.setAutoCommit(false);
            for (String table : world.texts(
                    "select table_name from information_schema.tables where table_schema = ? order by 1", schema)) {
                String name = schema + "." + table;
                List<String> columns = world.texts(
                        "select column_name::text from information_schema.columns where table_schema = ?"
                                + " and table_name = ? order by ordinal_position",
                        schema,
                        table);
                String allowed = Stream.of(
                                of(connection, "select", "select %2$s from %1$s limit 0", name, columns),
                                of(
                                        connection,
                                        "insert",
                                        "insert into %1$s (%2$s) overriding system value select null where false",
                                        name,
                                        columns),
                                of(connection, "update", "update %1$s set %2$s = default where false", name, columns),
                                isAllowed(connection, "delete from " + name + " where false") ? "delete" : "",
                                isAllowed(connection, "truncate " + name) ? "truncate" : "")
                        .filter(right -> !right.isEmpty())
                        .collect(joining(", "));
                if (!allowed.isEmpty()) {
                    lines.add(table + ": " + allowed + "\n");
                }
            }
        }
        return String.join("", lines);
    }

    private static String of(Connection connection, String right, String statement, String table, List<String> columns)
            throws SQLException {
        List<String> allowed = new ArrayList<>();
        for (String column : columns) {
            if (isAllowed(connection, statement.formatted(table, column))) {
                allowed.add(column);
            }
        }
        if (allowed.isEmpty()) {
            return "";
        }
        return allowed.equals(columns) ? right : right + allowed.stream().collect(joining(" ", " (", ")"));
    }

    private static boolean isAllowed(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(sql + ": " + e.getMessage()).isIn(NOT_ALLOWED, NOT_FOR_A_VIEW, NOT_A_TABLE);
            return false;
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }
}
