package com.fuse.users;

import com.fuse.users.database.Migrator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of a test's own on a PostgreSQL server that all tests of the JVM share. Its sessions are in a time zone
 * that is neither UTC nor a whole number of hours away from it, so that mistakes with time zones show.
 */
public final class TestDatabase implements AutoCloseable {

    private static final String OWNER = "postgres";
    private static final String JOB_USER = "fuse_users_test";
    private static final String OWNER_PASSWORD = "pass-of-the-owner-7Q";
    private static final String JOB_PASSWORD = "pass-of-the-job-4X";

    /** What no output may hold. */
    static final List<String> PASSWORDS = List.of(OWNER_PASSWORD, JOB_PASSWORD);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final List<Runnable> lastChecks = new ArrayList<>();

    private TestDatabase(String name) {
        this.name = name;
    }

    /** A new database, migrated and empty. */
    public static TestDatabase create() {
        return createFrom(Template.MIGRATED.name);
    }

    /** A new database with no schema at all. */
    public static TestDatabase createUnmigrated() {
        return createFrom("template0");
    }

    private static TestDatabase createFrom(String template) {
        TestDatabase database = new TestDatabase("test_" + NUMBER.incrementAndGet());
        execute(
                source("postgres", OWNER, OWNER_PASSWORD),
                "create database " + database.name + " template " + template);
        return database;
    }

    public String url() {
        return "jdbc:postgresql://localhost:" + Server.RUNNING.getPort() + "/" + name;
    }

    public String name() {
        return name;
    }

    /** The superuser, to whom the tables belong. */
    public String ownerUser() {
        return OWNER;
    }

    public String ownerPassword() {
        return OWNER_PASSWORD;
    }

    /** A login that has the rights of the job's role and no other. */
    public String jobUser() {
        return JOB_USER;
    }

    public String jobPassword() {
        return JOB_PASSWORD;
    }

    /** New connections of {@link #ownerUser()}, unpooled. */
    public DataSource owner() {
        return source(name, OWNER, OWNER_PASSWORD);
    }

    /** New connections of {@link #jobUser()}, unpooled. */
    public DataSource job() {
        return source(name, JOB_USER, JOB_PASSWORD);
    }

    /** Checks something of the whole test when it is over and the database still there. */
    void beforeClose(Runnable check) {
        lastChecks.add(check);
    }

    /** Drops the database, also where there are connections to it. */
    @Override
    public void close() {
        try {
            lastChecks.forEach(Runnable::run);
        } finally {
            drop();
        }
    }

    private void drop() {
        execute(source("postgres", OWNER, OWNER_PASSWORD), "drop database " + name + " with (force)");
    }

    private static DataSource source(String database, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://localhost:" + Server.RUNNING.getPort() + "/" + database);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private static void execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                String folder = "postgres-" + ProcessHandle.current().pid();
                return EmbeddedPostgres.builder()
                        .setDataDirectory(Path.of("target", "test-postgres", folder))
                        .setLocaleConfig("locale", "C")
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Template {

        static final TestDatabase MIGRATED = migrated();

        private static TestDatabase migrated() {
            TestDatabase template = new TestDatabase("fuse_template");
            execute(source("postgres", OWNER, OWNER_PASSWORD), "create database " + template.name);
            new Migrator(template.owner()).migrate();
            execute(
                    template.owner(),
                    "create role %s login password '%s' in role fuse_users_job".formatted(JOB_USER, JOB_PASSWORD));
            // The driver asks for the JVM's time zone when it connects, which overrides the database's own setting.
            execute(template.owner(), """
                    create schema test_sessions;
                    grant usage on schema test_sessions to public;
                    create function test_sessions.set_time_zone() returns event_trigger language plpgsql as $$
                    begin
                        perform set_config('TimeZone', 'Asia/Kathmandu', false);
                    end $$;
                    create event trigger set_time_zone on login execute function test_sessions.set_time_zone();
                    """);
            return template;
        }
    }
}
