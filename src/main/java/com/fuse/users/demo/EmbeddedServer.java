package com.fuse.users.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.postgresql.util.PSQLState;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The PostgreSQL server of one folder, regardless of the process that started it. Only one process at a time may call
 * its methods: nothing here keeps two processes from starting the server at once.
 */
final class EmbeddedServer {

    static final String SUPERUSER = "postgres";

    private static final Duration UNTIL_READY = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(25);
    /** The class of SQL states of a server that starts, stops or recovers. */
    private static final String UNAVAILABLE = "57P";

    private final Path folder;
    private final Path log;

    /**
     * @param folder an existing folder that is the server's alone
     * @param log a file to which the server's output is appended
     */
    EmbeddedServer(Path folder, Path log) {
        this.folder = folder;
        this.log = log;
    }

    /** Connects as superuser to the server, and starts the server first if it is not running. */
    SingleConnectionDataSource connect() throws IOException, SQLException {
        Optional<SingleConnectionDataSource> running = attach();
        if (running.isPresent()) {
            return running.get();
        }
        start();
        return attach().orElseThrow(() -> new IOException("the server ended right after its start"));
    }

    /** Connects as superuser to the server; empty if it is not running. */
    Optional<SingleConnectionDataSource> attach() throws IOException, SQLException {
        long start = System.nanoTime();
        for (OptionalInt port = port(); port.isPresent(); port = port()) {
            SingleConnectionDataSource superuser = new SingleConnectionDataSource(
                    url(port.getAsInt(), "postgres") + "?ApplicationName=fuse-users-demo", SUPERUSER, SUPERUSER, true);
            try {
                superuser.initConnection();
                return Optional.of(superuser);
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                boolean passing = state.startsWith(UNAVAILABLE) || PSQLState.isConnectionError(state);
                if (!passing || System.nanoTime() - start > UNTIL_READY.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        return Optional.empty();
    }

    /** Stops the running server and waits until it is gone. */
    void stop() throws IOException {
        made().orElseThrow().run("stop", "--mode=fast");
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://localhost:%d/%s".formatted(port, database);
    }

    private void start() throws IOException {
        int port = ServerPort.choose();
        Optional<PgCtl> made = made();
        if (made.isEmpty()) {
            // A new name each time: a process that a killed start left behind may still write to its folder.
            unpackAndStart(Files.createTempDirectory(folder, "data-"), port);
            return;
        }
        PgCtl server = made.get();
        server.removePidFile();
        if (server.isInstalled()) {
            server.run("start", "--options=-p %d -c timezone=UTC -c max_connections=300".formatted(port));
        } else {
            // The builder's own lock, which lasts as long as the process that made the data.
            Files.deleteIfExists(server.data().resolve("epg-lock"));
            unpackAndStart(server.data(), port);
        }
    }

    /**
     * Starts the server with the binaries on the class path. It unpacks them to the folder for temporary files, which
     * may be emptied later.
     */
    private void unpackAndStart(Path data, int port) throws IOException {
        EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(UNTIL_READY)
                // The builder's defaults give up durability, but the demo's promises need a durable server.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setLocaleConfig("locale", "C")
                // Not a pipe through this process, because the server may outlive it.
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .start();
    }

    private OptionalInt port() throws IOException {
        Optional<PgCtl> made = made();
        return made.isPresent() ? made.get().port() : OptionalInt.empty();
    }

    /** The data folder that is complete; a killed process may have left incomplete ones. */
    private Optional<PgCtl> made() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(data -> new PgCtl(data, log))
                    .filter(PgCtl::wasStarted)
                    .findFirst();
        }
    }
}
