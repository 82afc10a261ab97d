package com.fuse.users.metrics;

import com.fuse.users.change.Outcome;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.RunSummary;
import com.fuse.users.text.Seconds;
import com.fuse.users.throttle.WaitReason;
import com.fuse.users.throttle.WaitTotal;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a command and of its last run, as gauges, because a command ends before a counter could grow. The
 * Pushgateway replaces a metric by its name, with all its series. Therefore a metric without known figures is left out,
 * which keeps its last values, and every other metric has at least one series.
 *
 * @param completed the run to show; null keeps the figures of the run before
 * @param ended null while the command continues
 * @param now the time of the push
 */
record CommandGauges(
        @Nullable CompletedRun completed, @Nullable EndedCommand ended, Instant now) {

    private static final double MILLIS_PER_SECOND = 1000;

    MetricSnapshots snapshots() {
        List<MetricSnapshot> gauges = new ArrayList<>();
        if (completed != null) {
            gauges.addAll(of(completed.summary()));
            gauges.add(gauge(
                    "fuse_users_run_deviations",
                    "Deviations of all runs that the last command verified; NaN if it verified none",
                    completed.deviations() == null ? Double.NaN : completed.deviations()));
        }
        if (ended != null) {
            gauges.addAll(of(ended));
        }
        return new MetricSnapshots(gauges);
    }

    private static List<MetricSnapshot> of(RunSummary run) {
        return List.of(
                gauge(
                        "fuse_users_run_number",
                        "Number of the last completed run",
                        run.run().id()),
                gauge("fuse_users_run_rows", "Rows of the last completed run by outcome", "outcome", outcomes(run)),
                gauge("fuse_users_run_skipped_rows", "Rows of the last completed run that were skipped", run.skips()),
                gauge(
                        "fuse_users_run_deleted_rows",
                        "Rows that the last completed run deleted",
                        "table",
                        tables(run.rows().deleted())),
                gauge(
                        "fuse_users_run_added_rows",
                        "Rows that the last completed run added",
                        "table",
                        tables(run.rows().added())),
                gauge(
                        "fuse_users_run_duration_seconds",
                        "Time that processes worked on the last completed run",
                        Seconds.exact(run.worked())),
                gauge(
                        "fuse_users_run_rows_per_second",
                        "Rows a second of the last completed run, without its waits",
                        run.rowsPerSecondWithoutWaits()),
                waited(run.waits()),
                gauge(
                        "fuse_users_run_end_timestamp_seconds",
                        "When the last completed run ended",
                        timestamp(Objects.requireNonNull(run.run().endedAt()))));
    }

    private List<MetricSnapshot> of(EndedCommand command) {
        List<MetricSnapshot> gauges = new ArrayList<>(List.of(
                gauge(
                        "fuse_users_exit_code",
                        "Exit code of the last command",
                        command.exitCode().status()),
                gauge("fuse_users_command_rows", "Rows of all runs that the last command completed", command.rows()),
                gauge(
                        "fuse_users_command_skipped_rows",
                        "Rows of all runs that the last command completed that were skipped",
                        command.skips()),
                gauge("fuse_users_exit_timestamp_seconds", "When the last command ended", timestamp(now))));
        if (command.waits() != null) {
            gauges.add(waited(command.waits()));
        }
        if (command.exitCode() == ExitCode.OK) {
            gauges.add(gauge(
                    "fuse_users_last_success_timestamp_seconds",
                    "When a command last ended with exit code 0",
                    timestamp(now)));
        }
        return gauges;
    }

    private static Map<String, Long> outcomes(RunSummary run) {
        return Arrays.stream(Outcome.values()).collect(Collectors.toMap(Outcome::name, outcome -> run.outcomes()
                .getOrDefault(outcome, 0L)));
    }

    private static Map<String, Long> tables(Map<String, Long> rows) {
        return rows.isEmpty() ? Map.of("none", 0L) : rows;
    }

    private static GaugeSnapshot waited(List<WaitTotal> waits) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (WaitReason reason : WaitReason.values()) {
            seconds.put(reason.code(), 0.0);
        }
        waits.forEach(wait -> seconds.put(wait.reason().code(), Seconds.exact(wait.length())));
        return gauge(
                "fuse_users_run_waited_seconds",
                "Time that the last run waited for the platform, by reason, completed or not",
                "reason",
                seconds);
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(Labels.EMPTY, value))
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, String label, Map<String, ? extends Number> values) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((key, value) -> gauge.dataPoint(point(Labels.of(label, key), value.doubleValue())));
        return gauge.build();
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static double timestamp(Instant instant) {
        return instant.toEpochMilli() / MILLIS_PER_SECOND;
    }
}
