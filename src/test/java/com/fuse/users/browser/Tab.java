package com.fuse.users.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A tab of a {@link Chromium}: the content of a page, its network requests, and its console messages. */
public final class Tab implements AutoCloseable {

    private static final long ANSWER_SECONDS = 60;

    private final WebSocket socket;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<String, Object>>> answers = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> loads = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Tab(HttpClient http, URI address) {
        socket = http.newWebSocketBuilder().buildAsync(address, new Messages()).join();
        List.of("Page", "Runtime", "Log", "Network").forEach(domain -> call(domain + ".enable", Map.of()));
        call("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
    }

    /** As wide as this, in the unit of style sheets; a phone's where it is narrow. */
    public Tab width(int width) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 500));
        return this;
    }

    /** For a screen or for print, and with the colours that the reader prefers: "light" or "dark". */
    public Tab media(String type, String colours) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("media", type, "features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
        return this;
    }

    /** Opens a page, and waits until it is there. */
    public Tab load(Path page) {
        Object loader =
                call("Page.navigate", Map.of("url", page.toUri().toString())).get("loaderId");
        load(loader).orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
        return this;
    }

    private CompletableFuture<Void> load(@Nullable Object loader) {
        return loads.computeIfAbsent(String.valueOf(loader), unseen -> new CompletableFuture<>());
    }

    /** The value of a script that runs in the page, though its policy allows none; a promise is waited for. */
    public @Nullable Object evaluate(String script) {
        Map<String, Object> answer =
                call("Runtime.evaluate", Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new IllegalStateException(String.valueOf(answer.get("exceptionDetails")));
        }
        return object(answer.get("result")).get("value");
    }

    /** Errors and warnings of the console so far, those of the content policy among them. */
    public List<String> complaints() {
        return complaints;
    }

    /** The addresses that were asked for so far. */
    public List<String> requests() {
        return requests;
    }

    /** Writes a PNG of the whole page. */
    public void screenshot(Path file) {
        Map<String, Object> size =
                object(call("Page.getLayoutMetrics", Map.of()).get("cssContentSize"));
        Map<String, Object> clip = Map.of(
                "x", 0,
                "y", 0,
                "scale", 1,
                "width", Objects.requireNonNull(size.get("width")),
                "height", Objects.requireNonNull(size.get("height")));
        write(file, call("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip)));
    }

    /** Writes a PDF of the printed page. */
    public void print(Path file) {
        write(file, call("Page.printToPDF", Map.of("preferCSSPageSize", true)));
    }

    private static void write(Path file, Map<String, Object> answer) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, Base64.getDecoder().decode(String.valueOf(answer.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> call(String method, Map<String, ?> parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(
                        JsonMapper.shared()
                                .writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
                        true)
                .join();
        return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    }

    private void received(Map<String, Object> message) {
        if (message.get("id") instanceof Integer id) {
            CompletableFuture<Map<String, Object>> answer = Objects.requireNonNull(answers.remove(id));
            if (message.containsKey("error")) {
                answer.completeExceptionally(new IllegalStateException(String.valueOf(message.get("error"))));
            } else {
                answer.complete(object(message.get("result")));
            }
            return;
        }
        Map<String, Object> event = object(message.get("params"));
        switch (String.valueOf(message.get("method"))) {
            case "Page.lifecycleEvent" -> {
                if ("load".equals(event.get("name"))) {
                    load(event.get("loaderId")).complete(null);
                }
            }
            case "Log.entryAdded" -> complaints.add(String.valueOf(event.get("entry")));
            case "Runtime.exceptionThrown" -> complaints.add(String.valueOf(event));
            case "Runtime.consoleAPICalled" -> complaints.add(String.valueOf(event.get("args")));
            case "Network.requestWillBeSent" ->
                requests.add(String.valueOf(object(event.get("request")).get("url")));
            default -> {
                // Of no interest.
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    private final class Messages implements WebSocket.Listener {

        private final List<CharSequence> parts = new ArrayList<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.add(part.toString());
            if (last) {
                String message = String.join("", parts);
                parts.clear();
                received(JsonMapper.shared().readValue(message, new TypeReference<>() {}));
            }
            from.request(1);
            return null;
        }
    }
}
