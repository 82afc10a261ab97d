package com.fuse.users.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A fake Pushgateway that keeps every push and answers as the test specifies. */
public final class MetricsServer implements AutoCloseable {

    /** One request. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Push(String method, String path, String contentType, String authorization, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** One sample's value; "none" if it was not pushed. */
        String sample(String name) {
            return samples().entrySet().stream()
                    .filter(sample -> sample.getKey().equals(name))
                    .map(sample -> sample.getValue().toString())
                    .findFirst()
                    .orElse("none");
        }

        /** The samples by name and labels. */
        public Map<String, Double> samples() {
            return text().lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(
                            cells -> cells[0],
                            cells -> Double.valueOf(cells[1]),
                            (one, other) -> {
                                throw new IllegalStateException("a sample twice");
                            },
                            TreeMap::new));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Push> pushes = new CopyOnWriteArrayList<>();
    private final Path transcript;
    private volatile int status = 200;
    private volatile boolean silent;

    /** @param folder the test's, where a transcript is searched for what must not be disclosed */
    public MetricsServer(Path folder) throws IOException {
        transcript = folder.resolve("pushed.txt");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public String address() {
        return "localhost:" + server.getAddress().getPort();
    }

    public List<Push> pushes() {
        return pushes;
    }

    /** From now on every request is answered with this status. */
    void answer(int newStatus) {
        status = newStatus;
    }

    /** From now on no request is answered. */
    void fallSilent() {
        silent = true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        pushes.add(new Push(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                authorization == null ? "" : authorization,
                body));
        Files.writeString(
                transcript,
                exchange.getRequestURI() + "\n" + new String(body, StandardCharsets.ISO_8859_1) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        if (silent) {
            awaitClose();
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
