package com.fuse.users.metrics;

import com.fuse.users.change.Outcome;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.RunSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a command's end, as gauges: a batch job has no life in which a counter could grow. A receiver that
 * keeps them replaces a metric by its name, with all its series; so a name whose figures are not known is left out and
 * keeps what was pushed last, while one that is known is never without a series.
 *
 * @param completed the command's last run; null leaves its metrics as they are
 * @param ended null while the command goes on
 * @param now the time of the push
 */
record CommandMeters(
        @Nullable RunSummary completed, @Nullable EndedCommand ended, Instant now) {

    private static final double MILLIS_PER_SECOND = 1000;

    void register(MeterRegistry registry) {
        if (completed != null) {
            register(registry, completed);
        }
        if (ended != null) {
            register(registry, ended);
        }
    }

    private static void register(MeterRegistry registry, RunSummary run) {
        gauge(
                registry,
                "fuse.users.run.number",
                "Number of the last completed run",
                run.run().id());
        for (Outcome outcome : Outcome.values()) {
            gauge(
                    registry,
                    "fuse.users.run.rows",
                    "Rows of the last completed run by outcome",
                    Tags.of("outcome", outcome.name()),
                    run.outcomes().getOrDefault(outcome, 0L));
        }
        gauge(registry, "fuse.users.run.skipped.rows", "Rows of the last completed run that were skipped", run.skips());
        tables(
                registry,
                "fuse.users.run.deleted.rows",
                "Rows that the last completed run deleted",
                run.rows().deleted());
        tables(
                registry,
                "fuse.users.run.added.rows",
                "Rows that the last completed run added",
                run.rows().added());
        seconds(
                registry,
                "fuse.users.run.duration",
                "Time that processes worked on the last completed run",
                run.worked().toMillis() / MILLIS_PER_SECOND);
        gauge(
                registry,
                "fuse.users.run.rows.per.second",
                "Rows a second of the last completed run",
                run.rowsPerSecond());
        seconds(
                registry,
                "fuse.users.run.end.timestamp",
                "When the last completed run ended",
                timestamp(Objects.requireNonNull(run.run().endedAt())));
    }

    private void register(MeterRegistry registry, EndedCommand command) {
        gauge(
                registry,
                "fuse.users.exit.code",
                "Exit code of the last command",
                command.exitCode().status());
        gauge(registry, "fuse.users.command.rows", "Rows of all runs that the last command completed", command.rows());
        gauge(
                registry,
                "fuse.users.command.skipped.rows",
                "Rows of all runs that the last command completed that were skipped",
                command.skips());
        seconds(registry, "fuse.users.exit.timestamp", "When the last command ended", timestamp(now));
        if (command.exitCode() == ExitCode.OK) {
            seconds(
                    registry,
                    "fuse.users.last.success.timestamp",
                    "When a command last ended with exit code 0",
                    timestamp(now));
        }
    }

    private static void tables(MeterRegistry registry, String name, String description, Map<String, Long> rows) {
        Map<String, Long> series = rows.isEmpty() ? Map.of("none", 0L) : rows;
        series.forEach((table, count) -> gauge(registry, name, description, Tags.of("table", table), count));
    }

    private static void gauge(MeterRegistry registry, String name, String description, Number value) {
        gauge(registry, name, description, Tags.empty(), value);
    }

    private static void gauge(MeterRegistry registry, String name, String description, Tags tags, Number value) {
        Gauge.builder(name, () -> value).description(description).tags(tags).register(registry);
    }

    private static void seconds(MeterRegistry registry, String name, String description, double value) {
        Gauge.builder(name, () -> value)
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    private static double timestamp(Instant instant) {
        return instant.toEpochMilli() / MILLIS_PER_SECOND;
    }
}
