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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Whoever speaks OpenTelemetry's protocol, by Spring Boot's own settings for it. */
final class OtlpReceiver implements MetricsReceiver {

    private static final String PREFIX = "management.otlp.metrics.export.";
    private static final Map<String, String> RESOURCE = Map.of("service.name", "fuse-users");
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Environment settings;
    private final String url;

    OtlpReceiver(Environment settings) {
        this.settings = settings;
        this.url = settings.getRequiredProperty(PREFIX + "url");
    }

    static boolean isConfigured(Environment settings) {
        return !settings.getProperty(PREFIX + "url", "").isBlank()
                && settings.getProperty(PREFIX + "enabled", Boolean.class, true);
    }

    /** Neither credentials nor a query, which may hold some. */
    @Override
    public String name() {
        URI uri = URI.create(url);
        return "the OTLP receiver at %s:%d%s".formatted(uri.getHost(), uri.getPort(), uri.getPath());
    }

    @Override
    public void receive(CommandLabels labels, CommandMeters meters) throws IOException {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        OtlpMetricsSender sender = new OtlpHttpMetricsSender(new HttpUrlConnectionSender(TIMEOUT, TIMEOUT));
        OtlpMeterRegistry registry = OtlpMeterRegistry.builder(
                        new Config(url, MapSetting.of(settings, PREFIX + "headers"), RESOURCE))
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
