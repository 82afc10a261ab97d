package com.fuse.users.metrics;

import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.exporter.pushgateway.Scheme;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusProperties.Pushgateway;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Pushes to the Pushgateway that Spring Boot's own properties describe. The gateway keeps a group of metrics for each
 * command, and another for its dry runs. A push replaces the metrics that it contains and leaves the others, so that a
 * failure does not erase the last success.
 */
final class PushgatewayClient {

    private static final String PREFIX = "management.prometheus.metrics.export.pushgateway";

    private static final Pattern ADDRESS = Pattern.compile("[^/@\\s]+:\\d+");

    /** For connecting, and for each read of the answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Pushgateway properties;

    private PushgatewayClient(Pushgateway properties) {
        this.properties = properties;
    }

    /**
     * Empty if the settings do not enable a gateway. No exception contains a value, because values may hold credentials.
     *
     * @throws BindException if a setting has no value of its type
     * @throws IllegalArgumentException if the address is not a host and a port
     */
    static Optional<PushgatewayClient> configuredBy(Environment settings) {
        Pushgateway properties =
                Binder.get(settings).bind(PREFIX, Pushgateway.class).orElseGet(Pushgateway::new);
        if (!properties.isEnabled()) {
            return Optional.empty();
        }
        if (!ADDRESS.matcher(properties.getAddress()).matches()) {
            throw new IllegalArgumentException(PREFIX + ".address is not a host and port such as gateway:9091");
        }
        return Optional.of(new PushgatewayClient(properties));
    }

    String address() {
        return properties.getAddress();
    }

    /** Returns when the gateway has accepted the metrics. */
    void push(CommandLabels labels, MetricSnapshots metrics) throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(() -> metrics);
        gateway(labels, registry).pushAdd();
    }

    private PushGateway gateway(CommandLabels labels, PrometheusRegistry registry) {
        PushGateway.Builder builder = PushGateway.builder()
                .address(properties.getAddress())
                .scheme(Scheme.valueOf(properties.getScheme().name()))
                .job(Objects.requireNonNullElse(properties.getJob(), "fuse-users"))
                // The jar does not contain the client's protobuf format.
                .format(Format.PROMETHEUS_TEXT)
                .connectionTimeout(TIMEOUT)
                .readTimeout(TIMEOUT)
                .registry(registry);
        properties.getGroupingKey().forEach(builder::groupingKey);
        builder.groupingKey("command", labels.command());
        builder.groupingKey("dry_run", Boolean.toString(labels.dryRun()));
        if (StringUtils.hasText(properties.getToken())) {
            builder.bearerToken(properties.getToken());
        } else if (StringUtils.hasText(properties.getUsername())) {
            builder.basicAuth(properties.getUsername(), Objects.requireNonNullElse(properties.getPassword(), ""));
        }
        return builder.build();
    }
}
