package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fuse.users.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The schema by direct SQL: it can be created in any database, and it enforces the rules on every program. */
class MigrationTest {

    private static final String REFUSED_BY_A_RULE = "23514";
    private static final String CANNOT_SERIALIZE = "40001";

    @Nested
    class Migrating {

        @Test
        void appliesEveryMigrationToAnEmptyDatabaseAndThenNoneAgain() {
            try (TestDatabase database = TestDatabase.createUnmigrated()) {
                Migrator migrator = new Migrator(database.owner());

                assertThat(migrator.migrate().applied()).isPositive();
                assertThat(migrator.migrate().applied()).isZero();

                assertThat(JdbcClient.create(database.owner())
                                .sql(
                                        "select to_regclass('public.users') is not null and to_regrole('fuse_users_job') is not null")
                                .query(Boolean.class)
                                .single())
                        .isTrue();
            }
        }

        /** Roles belong to the server, so the second database already has the role. */
        @Test
        void appliesToSeveralDatabasesOfOneServer() {
            try (TestDatabase first = TestDatabase.createUnmigrated();
                    TestDatabase second = TestDatabase.createUnmigrated()) {
                assertThat(new Migrator(first.owner()).migrate().applied())
                        .isEqualTo(new Migrator(second.owner()).migrate().applied())
                        .isPositive();
            }
        }

        @Test
        void appliesNextToExistingTablesOfThePlatform() {
            try (TestDatabase database = TestDatabase.createUnmigrated()) {
                JdbcClient.create(database.owner())
                        .sql("create table public.of_another_program ()")
                        .update();

                assertThat(new Migrator(database.owner()).migrate().applied()).isPositive();
            }
        }

        @Test
        void appliesAsAnOwnerWhoIsNoSuperuser() {
            try (TestDatabase database = TestDatabase.createUnmigrated()) {
                JdbcClient superuser = JdbcClient.create(database.owner());
                superuser
                        .sql("create role plain_owner login createrole password 'plain_owner'")
                        .update();
                superuser
                        .sql(
                                "do $$ begin execute format('alter database %I owner to plain_owner', current_database()); end $$")
                        .update();

                assertThat(new Migrator(new DriverManagerDataSource(database.url(), "plain_owner", "plain_owner"))
                                .migrate()
                                .applied())
                        .isPositive();
            }
        }

        /** Servers before version 15 grant it, and so do databases that were upgraded from them. */
        @Test
        void revokesTheRightToCreateInSchemaPublic() {
            try (TestDatabase database = TestDatabase.createUnmigrated()) {
                JdbcClient owner = JdbcClient.create(database.owner());
                owner.sql("grant create on schema public to public").update();

                new Migrator(database.owner()).migrate();

                assertThat(owner.sql("select has_schema_privilege('fuse_users_job', 'public', 'create')")
                                .query(Boolean.class)
                                .single())
                        .isFalse();
            }
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OfAPlatform extends MigratedDatabase {

        @BeforeEach
        void threeActiveAndTwoInactiveUsers() {
            owner.sql("truncate users, communities cascade").update();
            owner.sql(
                            "insert into communities (id, name, is_global) values (1, 'Everyone', true), (7, 'Sales', false), (10, 'Retail', false)")
                    .update();
            owner.sql("""
                    insert into users (id, username, active, deactivated_at)
                    values (1, 'anna', true, null), (2, 'bela', true, null), (3, 'chen', true, null),
                           (4, 'dora', false, now()), (5, 'emil', false, now())
                    """).update();
            owner.sql("insert into courses (id, community_id, format) values (70, 7, 'scorm'), (71, 7, 'video')")
                    .update();
        }

        @ParameterizedTest
        @CsvSource({
            "auto_login_tokens, token_hash, '''x'''", "device_tokens, token_hash, '''x'''",
            "oauth_tokens, token_hash, '''x'''", "membership_requests, community_id, 7",
            "community_memberships, community_id, 7", "community_admins, community_id, 7",
            "certificates, course_id, 70"
        })
        void anInactiveUserGetsNoRowByInsertOrUpdate(String table, String column, String value) {
            String insert = "insert into %s (user_id, %s) values (%%s, %s)".formatted(table, column, value);

            assertThat(refusal(() -> owner.sql(insert.formatted(4)).update()))
                    .contains("inactive user 4 ")
                    .contains(table);

            owner.sql(insert.formatted(1)).update();
            assertThat(refusal(() ->
                            owner.sql("update " + table + " set user_id = 5").update()))
                    .contains("inactive user 5 ")
                    .contains(table);
        }

        @ParameterizedTest
        @CsvSource({
            "oauth_tokens, token_hash, '''x'''",
            "community_admins, community_id, 7",
            "certificates, course_id, 70"
        })
        void aStatementOfSeveralRowsNamesEveryInactiveUser(String table, String column, String value) {
            assertThat(refusal(() -> owner.sql("insert into %s (user_id, %s) select id, %s from users order by id desc"
                                    .formatted(table, column, value))
                            .update()))
                    .contains("inactive user 4, 5 ");
            assertThat(count(table)).isZero();
        }

        @ParameterizedTest
        @CsvSource({
            "oauth_tokens, token_hash, '''x''', row",
            "community_admins, community_id, 7, row",
            "certificates, course_id, 70, row of a SCORM course"
        })
        void aRefusalStatesTheRuleTheTableAndTheRemedy(String table, String column, String value, String row) {
            ServerErrorMessage refusal = Objects.requireNonNull(
                    error(() -> owner.sql("insert into %s (user_id, %s) values (4, %s)".formatted(table, column, value))
                                    .update())
                            .getServerErrorMessage());

            assertThat(refusal.getMessage()).isEqualTo("inactive user 4 can have no %s in %s".formatted(row, table));
            assertThat(refusal.getSQLState()).isEqualTo(REFUSED_BY_A_RULE);
            assertThat(refusal.getHint()).isEqualTo("Reactivate the user first.");
            assertThat(refusal.getSchema()).isEqualTo("public");
            assertThat(refusal.getTable()).isEqualTo(table);
        }

        /** A deactivation keeps such a certificate, so it may also be inserted and changed afterwards. */
        @Test
        void anInactiveUserMayHaveCertificatesOfOtherCourses() {
            owner.sql("insert into certificates (user_id, course_id) select id, 71 from users")
                    .update();
            owner.sql("update certificates set issued_at = '2024-01-01Z'").update();

            assertThat(count("certificates where issued_at = '2024-01-01Z'")).isEqualTo(5);
        }

        @Test
        void aCertificateOfAnInactiveUserCannotMoveToAScormCourse() {
            owner.sql("insert into certificates (user_id, course_id) select id, 71 from users")
                    .update();

            assertThat(refusal(() ->
                            owner.sql("update certificates set course_id = 70").update()))
                    .contains("inactive user 4, 5 ")
                    .contains("certificates");
            assertThat(owner.sql("update certificates set course_id = 70 where user_id <= 3")
                            .update())
                    .isEqualTo(3);
        }

        /** The guard checks changes to certificates, not to courses. */
        @Test
        void aCourseMayBecomeAScormCourseWhichAffectsOnlyLaterCertificates() {
            owner.sql("insert into certificates (user_id, course_id) values (4, 71)")
                    .update();

            owner.sql("update courses set format = 'scorm' where id = 71").update();

            assertThat(refusal(() -> owner.sql("insert into certificates (user_id, course_id) values (5, 71)")
                            .update()))
                    .contains("inactive user 5 ");
            assertThat(count("certificates")).isEqualTo(1);
        }

        /** The job does both in one statement: the state after the statement counts. */
        @Test
        void aStatementThatActivatesTheUserMayIssueTheCertificateToo() {
            owner.sql("""
                    with back as (update users set active = true, deactivated_at = null where id in (4, 5))
                    insert into certificates (user_id, course_id) values (4, 70), (5, 70)
                    """).update();

            assertThat(count("certificates")).isEqualTo(2);
        }

        @Test
        void aCertificateOfAnotherCourseWaitsForNoTransaction() throws Exception {
            try (Transaction deactivation = new Transaction()) {
                deactivate(deactivation.client, "id = 1");

                assertThat(inBackground(() -> owner.sql("insert into certificates (user_id, course_id) values (1, 71)")
                                        .update())
                                .get(10, TimeUnit.SECONDS))
                        .isEqualTo(1);
            }
        }

        @Test
        void anAdminCannotBecomeInactiveAndTheMessageNamesTheCommunitiesAscending() {
            owner.sql("insert into community_admins (user_id, community_id) values (1, 10), (1, 7), (2, 10)")
                    .update();

            assertThat(refusal(() -> deactivate(owner, "id <= 3")))
                    .contains("user 1 is admin of 7, 10; user 2 is admin of 10");
            assertThat(activeUsers()).isEqualTo(3);
            assertThat(deactivate(owner, "id = 3")).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "oauth_tokens (user_id, token_hash) values (1, 'x')",
                    "community_admins (user_id, community_id) values (1, 7)",
                    "certificates (user_id, course_id) values (1, 70)"
                })
        void anInsertWaitsForAnUncommittedDeactivationAndIsThenRefused(String insert) throws Exception {
            try (Transaction deactivation = new Transaction()) {
                deactivate(deactivation.client, "id = 1");
                CompletableFuture<Integer> inserted =
                        inBackground(() -> owner.sql("insert into " + insert).update());
                awaitSomebodyBlocked();

                deactivation.commit();

                assertThat(refusal(inserted::join)).contains("user 1 ");
            }
        }

        @Test
        void aDeactivationWaitsForAnUncommittedAdminGrantAndIsThenRefused() throws Exception {
            try (Transaction grant = new Transaction()) {
                grant.client
                        .sql("insert into community_admins (user_id, community_id) values (1, 7)")
                        .update();
                CompletableFuture<Integer> deactivated = inBackground(() -> deactivate(owner, "id = 1"));
                awaitSomebodyBlocked();

                grant.commit();

                assertThat(refusal(deactivated::join)).contains("user 1 is admin of 7");
            }
        }

        /** The deactivation is not refused, but continues only once it can see and delete the row. */
        @ParameterizedTest
        @CsvSource({"oauth_tokens, token_hash, '''x'''", "certificates, course_id, 70"})
        void aDeactivationWaitsForAnUncommittedRow(String table, String column, String value) throws Exception {
            try (Transaction platform = new Transaction()) {
                platform.client
                        .sql("insert into %s (user_id, %s) values (1, %s)".formatted(table, column, value))
                        .update();
                CompletableFuture<Integer> deleted = inBackground(() -> {
                    try (Transaction deactivation = new Transaction()) {
                        deactivate(deactivation.client, "id = 1");
                        int rows = deactivation
                                .client
                                .sql("delete from " + table + " where user_id = 1")
                                .update();
                        deactivation.commit();
                        return rows;
                    }
                });
                awaitSomebodyBlocked();

                platform.commit();

                assertThat(deleted.join()).isEqualTo(1);
            }
        }

        @Test
        void aDeactivationWithASnapshotOlderThanAnAdminGrantFailsToSerialize() throws Exception {
            try (Transaction deactivation = new Transaction()) {
                deactivation
                        .client
                        .sql("set transaction isolation level repeatable read")
                        .update();
                deactivation
                        .client
                        .sql("select count(*) from community_admins")
                        .query(Long.class)
                        .single();
                owner.sql("insert into community_admins (user_id, community_id) values (1, 7)")
                        .update();

                assertThat(error(() -> deactivate(deactivation.client, "id = 1"))
                                .getSQLState())
                        .isEqualTo(CANNOT_SERIALIZE);
            }
        }

        @Test
        void theJobsRoleDeactivatesAUser() {
            owner.sql("insert into community_memberships (user_id, community_id) values (1, 1), (2, 1)")
                    .update();

            assertThat(deactivate(job, "id = 1")).isEqualTo(1);
            assertThat(job.sql("delete from community_memberships where user_id = 1")
                            .update())
                    .isEqualTo(1);
        }
    }

    abstract static class MigratedDatabase {

        private final TestDatabase database = TestDatabase.create();
        private final ExecutorService background = Executors.newCachedThreadPool();
        final JdbcClient owner = JdbcClient.create(database.owner());
        final JdbcClient job = JdbcClient.create(database.job());

        @AfterAll
        void drop() {
            database.close();
            background.shutdownNow();
        }

        static int deactivate(JdbcClient client, String which) {
            return client.sql("update users set active = false, deactivated_at = now() where " + which)
                    .update();
        }

        static PSQLException error(ThrowingCallable call) {
            Throwable thrown = catchThrowable(call);
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                if (cause instanceof PSQLException error) {
                    return error;
                }
            }
            throw new AssertionError("Expected an error of the database", thrown);
        }

        static String refusal(ThrowingCallable call) {
            PSQLException error = error(call);
            assertThat(error.getSQLState()).isEqualTo(REFUSED_BY_A_RULE);
            return String.valueOf(error.getMessage());
        }

        long count(String table) {
            return owner.sql("select count(*) from " + table).query(Long.class).single();
        }

        long activeUsers() {
            return owner.sql("select count(*) from users where active")
                    .query(Long.class)
                    .single();
        }

        CompletableFuture<Integer> inBackground(SqlTask task) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return task.run();
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    background);
        }

        void awaitSomebodyBlocked() {
            Awaitility.await().until(() -> owner.sql("""
                            select exists (
                                select from pg_stat_activity
                                where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0)
                            """).query(Boolean.class).single());
        }

        interface SqlTask {
            int run() throws SQLException;
        }

        /** An open transaction of the owner, rolled back unless it is committed. */
        final class Transaction implements AutoCloseable {

            private final Connection connection;
            final JdbcClient client;

            Transaction() throws SQLException {
                connection = database.session();
                connection.setAutoCommit(false);
                client = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            }

            void commit() throws SQLException {
                connection.commit();
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        }
    }
}
