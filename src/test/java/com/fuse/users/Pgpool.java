package com.fuse.users;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.demo.ServerPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Debian's pgpool in front of a test's database. Tests that need one are skipped where none is installed. */
public final class Pgpool implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgpool");

    private final TestDatabase database;
    private final Process process;
    private final int port;

    public Pgpool(TestDatabase database) throws IOException {
        assumeThat(PROGRAM).isExecutable();
        this.database = database;
        port = ServerPort.choose();
        Path folder = Files.createTempDirectory("pgpool");
        Path configuration = Files.writeString(
                folder.resolve("pgpool.conf"), """
                backend_clustering_mode = 'streaming_replication'
                backend_hostname0 = '127.0.0.1'
                backend_port0 = %2$d
                sr_check_period = 0
                listen_addresses = '127.0.0.1'
                port = %3$d
                pcp_port = %4$d
                socket_dir = '%1$s'
                pcp_socket_dir = '%1$s'
                logdir = '%1$s'
                pid_file_name = '%1$s/pgpool.pid'
                allow_clear_text_frontend_auth = on
                num_init_children = 20
                """.formatted(folder, database.port(), port, ServerPort.choose()));
        Path none = Files.createFile(folder.resolve("none.conf"));
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-n",
                        "-f",
                        configuration.toString(),
                        "-F",
                        none.toString(),
                        "-a",
                        none.toString())
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

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }
}
