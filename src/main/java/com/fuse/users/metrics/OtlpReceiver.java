package com.fuse.users.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpHttpMetricsSender;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Whoever speaks OpenTelemetry's protocol, by Spring Boot's own settings for it. */
final class OtlpReceiver implements MetricsReceiver {

    private static final String PREFIX = "management.otlp.metrics.export.";
    private static final Map<String, String> RESOURCE = Map.of("service.name", "fuse-users");

    private final Environment settings;
    private final URI url;

    private OtlpReceiver(Environment settings, URI url) {
        this.settings = settings;
        this.url = url;
    }

    /**
     * Empty if the settings name none.
     *
     * @throws IllegalArgumentException if they make no sense; without the address, which may hold credentials
     */
    static Optional<MetricsReceiver> configuredBy(Environment settings) {
        String url = settings.getProperty(PREFIX + "url", "");
        if (url.isBlank() || !settings.getProperty(PREFIX + "enabled", Boolean.class, true)) {
            return Optional.empty();
        }
        return Optional.of(new OtlpReceiver(settings, parse(url)));
    }

    private static URI parse(String url) {
        String complaint = PREFIX + "url is no address such as http://collector:4318/v1/metrics";
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(complaint, e);
        }
        throw new IllegalArgumentException(complaint);
    }

    /** Neither credentials nor a query, which may hold some. */
    @Override
    public String name() {
        return "the OTLP receiver at %s%s%s"
                .formatted(url.getHost(), url.getPort() < 0 ? "" : ":" + url.getPort(), url.getPath());
    }

    @Override
    public void receive(CommandLabels labels, CommandMeters meters) throws IOException {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        OtlpMetricsSender sender = new OtlpHttpMetricsSender(new HttpUrlConnectionSender(TIMEOUT, TIMEOUT));
        OtlpMeterRegistry registry = OtlpMeterRegistry.builder(
                        new Config(url.toString(), MapSetting.of(settings, PREFIX + "headers"), RESOURCE))
                .clock(Clock.SYSTEM)
                .metricsSender(request -> {
                    try {
                        sender.send(request);
                    } catch (Exception e) {
                        // The registry would log its stack trace.
                        failure.set(e);
                    }
                })
                .build();
        registry.config()
                .commonTags(labels.asMap().entrySet().stream()
                        .map(label -> Tag.of(label.getKey(), label.getValue()))
                        .toList());
        meters.register(registry);
        // The one push.
        registry.close();
        Exception thrown = failure.get();
        if (thrown != null) {
            throw new IOException(thrown.getMessage(), thrown);
        }
    }

    private record Config(String url, Map<String, String> headers, Map<String, String> resourceAttributes)
            implements OtlpConfig {

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        /** Longer than any push takes, so that none is made but the one at the end. */
        @Override
        public Duration step() {
            return Duration.ofDays(1);
        }
    }
}
