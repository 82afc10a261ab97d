package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection that fails because of a setting names the setting. */
@ExtendWith(TestPlatform.class)
record ConnectionProblemTest(TestDatabase database, FuseUsers fuseUsers) {

    /** PostgreSQL's message AuthenticationSASL: its type, its length, the request 10, and the one mechanism. */
    private static final byte[] REQUEST_FOR_A_PASSWORD =
            "R\0\0\0\27\0\0\0\nSCRAM-SHA-256\0\0".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void aMissingPasswordIsAConfigurationError() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            answerEveryStartWith(server, REQUEST_FOR_A_PASSWORD);

            assertThat(runs(Map.of(
                                    "spring.datasource.url",
                                    "jdbc:postgresql://localhost:%d/fuse?sslmode=disable&gssEncMode=disable"
                                            .formatted(server.getLocalPort()),
                                    "spring.datasource.password",
                                    ""))
                            .exits(78)
                            .err())
                    .startsWith("fuse-users: the database cannot be reached: ")
                    .endsWith("; set SPRING_DATASOURCE_PASSWORD\n");
        }
    }

    @Test
    void aServerWithoutTlsIsAConfigurationError() {
        assertThat(runs(Map.of("spring.datasource.url", database.url() + "?sslmode=require"))
                        .exits(78)
                        .err())
                .isEqualTo("fuse-users: the database cannot be reached: The server does not support SSL.; check"
                        + " SPRING_DATASOURCE_URL, such as its sslmode\n");
    }

    @Test
    void anUnknownHostIsNamedAndMayBeTriedLater() {
        assertThat(runs(Map.of("spring.datasource.url", "jdbc:postgresql://nohost.invalid/fuse"))
                        .exits(75)
                        .err())
                .isEqualTo("fuse-users: the database cannot be reached: unknown host nohost.invalid; correct"
                        + " SPRING_DATASOURCE_URL, or try again later\n");
    }

    /** A server that reads the first message of each connection. */
    private static void answerEveryStartWith(ServerSocket server, byte[] answer) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[1024]);
                    client.getOutputStream().write(answer);
                    client.getInputStream().read();
                } catch (IOException e) {
                    // The client or the test has closed the connection.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private FuseUsers.Result runs(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.putAll(more);
        return fuseUsers.run(settings, "runs");
    }
}
