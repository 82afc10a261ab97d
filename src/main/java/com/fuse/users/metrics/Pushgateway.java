package com.fuse.users.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.exporter.pushgateway.Scheme;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;

/**
 * A Prometheus Pushgateway, by Spring Boot's own settings for it. Keeps a group of metrics for each command, and one for
 * its plans; each push replaces those of its names and leaves the others, so that a failure does not wipe out the last
 * success.
 */
final class Pushgateway implements MetricsReceiver {

    private static final String PREFIX = "management.prometheus.metrics.export.pushgateway.";
    private static final Pattern ADDRESS = Pattern.compile("[^/@\\s]+:\\d+");

    private final Environment settings;
    private final String address;

    private Pushgateway(Environment settings, String address) {
        this.settings = settings;
        this.address = address;
    }

    /**
     * Empty if the settings enable none.
     *
     * @throws IllegalArgumentException if they make no sense; without the address, which may hold credentials
     */
    static Optional<MetricsReceiver> configuredBy(Environment settings) {
        if (!settings.getProperty(PREFIX + "enabled", Boolean.class, false)) {
            return Optional.empty();
        }
        String address = settings.getProperty(PREFIX + "address", "localhost:9091");
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(PREFIX + "address is no host and port such as gateway:9091");
        }
        return Optional.of(new Pushgateway(settings, address));
    }

    @Override
    public String name() {
        return "the Pushgateway at " + address;
    }

    @Override
    public void receive(CommandLabels labels, CommandMeters meters) throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            meters.register(registry);
            gateway(labels, registry).pushAdd();
        } finally {
            registry.close();
        }
    }

    private PushGateway gateway(CommandLabels labels, PrometheusMeterRegistry registry) {
        PushGateway.Builder builder = PushGateway.builder()
                .address(address)
                .scheme(Scheme.fromString(settings.getProperty(PREFIX + "scheme", "http")))
                .job(settings.getProperty(PREFIX + "job", "fuse-users"))
                .format(Format.PROMETHEUS_TEXT)
                .connectionTimeout(TIMEOUT)
                .readTimeout(TIMEOUT)
                .registry(registry.getPrometheusRegistry());
        MapSetting.of(settings, PREFIX + "grouping-key").forEach(builder::groupingKey);
        labels.asMap().forEach(builder::groupingKey);
        String token = settings.getProperty(PREFIX + "token");
        if (token != null) {
            return builder.bearerToken(token).build();
        }
        String username = settings.getProperty(PREFIX + "username");
        if (username != null) {
            builder.basicAuth(username, settings.getProperty(PREFIX + "password", ""));
        }
        return builder.build();
    }
}
