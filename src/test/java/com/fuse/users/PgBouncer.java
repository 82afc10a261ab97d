package com.fuse.users;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.demo.ServerPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Debian's PgBouncer in front of a test's database. Tests that need one are skipped where none is installed. */
public final class PgBouncer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final TestDatabase database;
    private final Process process;
    private final int port;

    /**
     * @param mode {@code session}, {@code transaction} or {@code statement}
     * @param more lines of its configuration
     */
    public PgBouncer(TestDatabase database, String mode, String... more) throws IOException {
        assumeThat(PROGRAM).isExecutable();
        this.database = database;
        port = ServerPort.choose();
        Path folder = Files.createTempDirectory("pgbouncer");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path users = Files.writeString(
                folder.resolve("users.txt"),
                "\"%s\" \"%s\"\n\"%s\" \"%s\"\n"
                        .formatted(
                                database.jobUser(),
                                database.jobPassword(),
                                database.ownerUser(),
                                database.ownerPassword()));
        Path configuration = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = plain
                auth_file = %s
                pool_mode = %s
                %s
                """.formatted(
                        database.port(), port, users, mode, String.join("\n", more)));
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "--quiet"));
        if (System.getProperty("user.name").equals("root")) {
            // It does not run as root.
            command.add("--user=nobody");
        }
        command.add(configuration.toString());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        await().atMost(Duration.ofSeconds(20)).until(this::listens);
    }

    /** The settings of the program as the job's login. */
    public Map<String, String> jobSettings() {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put("spring.datasource.url", "jdbc:postgresql://localhost:" + port + "/" + database.name());
        return settings;
    }

    public int port() {
        return port;
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("PgBouncer does not start");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
