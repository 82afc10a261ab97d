package com.fuse.users.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encrypted connection can be closed while a thread waits for room to write to it. */
class DatabaseSocketsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final SSLContext tls;

    DatabaseSocketsTest(@TempDir Path folder) throws Exception {
        tls = selfSigned(folder.resolve("keys.p12"));
    }

    @Test
    void closingEndsAWaitingWrite() throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket)
                        tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket raw = new DatabaseSockets().createSocket()) {
            Future<Socket> accepted = CompletableFuture.supplyAsync(() -> handshake(listener));
            raw.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
            SSLSocket encrypted = (SSLSocket) tls.getSocketFactory()
                    .createSocket(raw, listener.getInetAddress().getHostAddress(), listener.getLocalPort(), true);
            encrypted.startHandshake();
            accepted.get(10, TimeUnit.SECONDS);
            AtomicLong written = new AtomicLong();
            Future<Boolean> writer = CompletableFuture.supplyAsync(() -> failsToWrite(encrypted, written));
            awaitStandstill(written);

            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> close(encrypted));

            assertThat(writer.get(10, TimeUnit.SECONDS)).isTrue();
            closed.get(10, TimeUnit.SECONDS);
        }
    }

    /** Who is never read from any more can write no more than fits into the buffers. */
    private static void awaitStandstill(AtomicLong written) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(500))
                .until(new StoodStill(written)::again);
    }

    private static boolean failsToWrite(Socket socket, AtomicLong written) {
        byte[] data = new byte[16 * 1024];
        try {
            while (true) {
                socket.getOutputStream().write(data);
                written.addAndGet(data.length);
            }
        } catch (IOException e) {
            return true;
        }
    }

    private static Socket handshake(SSLServerSocket listener) {
        try {
            SSLSocket socket = (SSLSocket) listener.accept();
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // That the other side was told nothing is what it says.
            return;
        }
    }

    /** By the key tool of the Java that runs this. */
    private static SSLContext selfSigned(Path keys) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(store, PASSWORD);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    /** Whether a number is the one that it was when it was asked before. */
    private static final class StoodStill {

        private final AtomicLong number;
        private long before = -1;

        StoodStill(AtomicLong number) {
            this.number = number;
        }

        boolean again() {
            long now = number.get();
            boolean same = now == before && now > 0;
            before = now;
            return same;
        }
    }
}
