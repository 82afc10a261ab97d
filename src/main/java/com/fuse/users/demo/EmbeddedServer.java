package com.fuse.users.demo;

import com.fuse.users.database.DemoDatabase.Login;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLState;

/**
 * The PostgreSQL server of one folder, whichever process started it. Its methods are to be called by one process at
 * a time: nothing here keeps two from starting it at once.
 */
final class EmbeddedServer {

    static final String SUPERUSER = "postgres";

    private static final Duration UNTIL_READY = Duration.ofSeconds(60);
    /** A living server listens within moments, so after this time the process is a different server's. */
    private static final Duration UNTIL_LISTENING = Duration.ofSeconds(5);

    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(25);
    private static final String CANNOT_CONNECT_NOW = "57P03";

    private static final String LOG = "server.log";
    private static final String WHOLE = "fuse-users-whole";

    private final Path folder;
    private @Nullable EmbeddedPostgres launched;

    /** @param folder an existing folder that is the server's alone */
    EmbeddedServer(Path folder) {
        this.folder = folder;
    }

    /** Connects as superuser to the server, which is started where none is running. */
    Connection connect(String applicationName) throws IOException, SQLException {
        Optional<Connection> running = attach(applicationName);
        return running.isPresent() ? running.get() : launch(applicationName);
    }

    /** Connects as superuser to the server where it is running, and otherwise removes what is left of its pid file. */
    Optional<Connection> attach(String applicationName) throws IOException, SQLException {
        Optional<Path> made = data();
        if (made.isEmpty()) {
            return Optional.empty();
        }
        Path data = made.get();
        long start = System.nanoTime();
        for (Optional<Postmaster> named = Postmaster.of(data); named.isPresent(); named = Postmaster.of(data)) {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            Postmaster postmaster = named.get();
            try {
                Connection connection = open(postmaster.port(), applicationName);
                if (isServedBy(postmaster, connection)) {
                    return Optional.of(connection);
                }
                connection.close();
                break;
            } catch (SQLException e) {
                if (!postmaster.mayBeAlive()) {
                    break;
                }
                if (PSQLState.isConnectionError(e.getSQLState())) {
                    if (waited.compareTo(UNTIL_LISTENING) > 0) {
                        break;
                    }
                } else if (!CANNOT_CONNECT_NOW.equals(e.getSQLState()) || waited.compareTo(UNTIL_READY) > 0) {
                    throw e;
                }
            }
            pause();
        }
        // PostgreSQL refuses to start where the file's number is, by now, a process of any kind.
        Files.deleteIfExists(Postmaster.file(data));
        return Optional.empty();
    }

    /** Stops the server, and waits for a bounded time until it is gone. */
    void stop() throws IOException {
        if (launched != null) {
            launched.close();
            return;
        }
        Optional<Path> data = data();
        Optional<Postmaster> named = data.isPresent() ? Postmaster.of(data.get()) : Optional.empty();
        if (named.isEmpty()) {
            return;
        }
        named.get().terminate();
        long start = System.nanoTime();
        // The file goes last; the process may stay as a zombie where nobody reaps it.
        while (Files.exists(Postmaster.file(data.get()))
                && named.get().mayBeAlive()
                && System.nanoTime() - start < UNTIL_STOPPED.toNanos()) {
            pause();
        }
    }

    static PGSimpleDataSource dataSource(Login login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(login.url());
        source.setUser(login.username());
        source.setPassword(login.password());
        return source;
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    private Connection launch(String applicationName) throws IOException, SQLException {
        Optional<Path> made = data();
        // A new name each time: what made the folder of a process that was killed may be at work there still.
        Path data = made.isPresent() ? made.get() : Files.createTempDirectory(folder, "data-");
        // The builder's own lock lasts as long as the process that started the server, whoever has stopped it since.
        Files.deleteIfExists(data.resolve("epg-lock"));
        launched = EmbeddedPostgres.builder()
                .setPort(ServerPort.choose())
                .setDataDirectory(data)
                .setDataDirectoryCustomizer(EmbeddedServer::markAsWhole)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(UNTIL_READY)
                // The builder's own settings give durability up. The demo's promises hold on a durable server only.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "localhost")
                .setLocaleConfig("locale", "C")
                // Not by a pipe through this process: the server may outlive it.
                .setOutputRedirector(Redirect.appendTo(folder.resolve(LOG).toFile()))
                .start();
        return open(launched.getPort(), applicationName);
    }

    /** The server's data; empty where it was never made, or only in part. */
    private Optional<Path> data() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.exists(file.resolve(WHOLE))).findFirst();
        }
    }

    /** Called before the server first starts, so that one which a killed process left running is found again. */
    private static void markAsWhole(File data) {
        try {
            Path mark = data.toPath().resolve(WHOLE);
            if (Files.notExists(mark)) {
                Files.createFile(mark);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection open(int port, String applicationName) throws SQLException {
        PGSimpleDataSource source = dataSource(new Login(url(port, "postgres"), SUPERUSER, SUPERUSER));
        source.setApplicationName(applicationName);
        return source.getConnection();
    }

    private static boolean isServedBy(Postmaster postmaster, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet file = statement.executeQuery("select pg_read_file('postmaster.pid')")) {
            file.next();
            return Postmaster.parse(file.getString(1)).equals(Optional.of(postmaster));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the demo database", e);
        }
    }
}
