package com.fuse.users;

import static java.util.stream.Collectors.joining;

import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.database.Migrator;
import com.fuse.users.demo.PgCtl;
import com.fuse.users.demo.ServerPort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** A server of a test's own, with a migrated database, which can become a standby. Its superuser is the only login. */
public final class OtherServer implements AutoCloseable {

    private static final String SUPERUSER = "postgres";

    /** A standby must not have fewer connections than the server of which it is a copy. */
    private static final String CONNECTIONS = " -c max_connections=300";

    private final PgCtl server;
    private final int port;
    private boolean running;

    /** @param folder an existing folder for its data */
    public OtherServer(Path folder) throws IOException {
        Path data = folder.resolve("data");
        server = new PgCtl(data, folder.resolve("server.log"));
        port = ServerPort.choose();
        EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .start();
        running = true;
        new Migrator(owner()).migrate();
    }

    private OtherServer(Path folder, Path copied) throws IOException {
        Path data = folder.resolve("data");
        FileSystemUtils.copyRecursively(copied, data);
        Files.setPosixFilePermissions(data, Files.getPosixFilePermissions(copied));
        Files.createFile(data.resolve("standby.signal"));
        server = new PgCtl(data, folder.resolve("server.log"));
        port = ServerPort.choose();
    }

    /** Restarts it as a standby: it recovers what it has, and waits for more from a primary server, which there is none. */
    public void becomeStandby() throws IOException {
        stop();
        Files.createFile(server.data().resolve("standby.signal"));
        server.run("start", "--options=-p " + port + CONNECTIONS);
        running = true;
    }

    /** Restarts it with these settings, such as {@code archive_mode=on}. */
    public void restart(String... settings) throws IOException {
        stop();
        server.run("start", "--options=-p " + port + CONNECTIONS + options(settings));
        running = true;
    }

    /**
     * A copy of this server that follows it as a standby.
     *
     * @param folder an existing folder for its data
     */
    public OtherServer standby(Path folder) throws IOException {
        stop();
        OtherServer standby = new OtherServer(folder, server.data());
        server.run("start", "--options=-p " + port + CONNECTIONS);
        running = true;
        standby.server.run(
                "start",
                "--options=-p " + standby.port + CONNECTIONS
                        + options("primary_conninfo=host=localhost port=%d user=%s application_name=standby"
                                .formatted(port, SUPERUSER)));
        standby.running = true;
        return standby;
    }

    private static String options(String... settings) {
        return Stream.of(settings).map(setting -> " -c \"" + setting + "\"").collect(joining());
    }

    /** New connections of the superuser. */
    public PGSimpleDataSource owner() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(SUPERUSER);
        source.setPassword(SUPERUSER);
        return source;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(owner());
    }

    /** The settings of the program. */
    public Map<String, String> settings() {
        return Map.of(
                "spring.datasource.url", url(),
                "spring.datasource.username", SUPERUSER,
                "spring.datasource.password", SUPERUSER);
    }

    /** The database as the program names it. */
    public DatabaseLogin login() {
        return new DatabaseLogin("localhost", port, SUPERUSER, SUPERUSER);
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + port + "/" + SUPERUSER;
    }

    /** Stops its processes as if their machine hung. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** Ends its processes at once, frozen or not. */
    public void kill() throws IOException {
        signal("KILL");
        running = false;
    }

    private void signal(String signal) throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(server.data().resolve("postmaster.pid")).get(0));
        ProcessHandle process = ProcessHandle.of(postmaster).orElseThrow();
        Stream<ProcessHandle> processes = Stream.concat(Stream.of(process), process.descendants().toList().stream());
        for (ProcessHandle target : processes.toList()) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(target.pid()))
                    .start()
                    .onExit()
                    .join();
        }
    }

    private void stop() throws IOException {
        server.run("stop", "--mode=fast");
        running = false;
    }

    @Override
    public void close() throws IOException {
        if (running) {
            stop();
        }
    }
}
