package com.fuse.users.report;

import com.fuse.users.history.attempt.AttemptFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The columns of the throughput chart: users per second, slice by slice, and a line between two attempts.
 *
 * @param columns from left to right
 * @param lines the position of each line
 * @param width of the chart, in the unit of each column's position
 * @param peak users per second in the highest column
 * @param slice the time of a column
 */
record ThroughputChart(List<Column> columns, List<Integer> lines, int width, long peak, Duration slice) {

    private static final int STEP = 10;
    private static final int HEIGHT = 100;

    /** A column, in the coordinates of the chart. */
    record Column(int x, long y, long height) {}

    /** The chart of these attempts; without columns if the run is too short. */
    static ThroughputChart of(List<AttemptFigures> all) {
        List<AttemptFigures> attempts =
                all.stream().filter(attempt -> !attempt.slices().isEmpty()).toList();
        double peak = attempts.stream()
                .flatMap(attempt -> attempt.slices().stream().map(users -> perSecond(users, attempt)))
                .max(Double::compare)
                .orElse(0.0);
        List<Column> columns = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        int x = 0;
        for (AttemptFigures attempt : attempts) {
            if (x > 0) {
                lines.add(x + STEP / 2);
                x += STEP;
            }
            for (Double users : attempt.slices()) {
                long height = Math.round(HEIGHT * perSecond(users, attempt) / peak);
                columns.add(new Column(x, HEIGHT - height, height));
                x += STEP;
            }
        }
        Duration slice = attempts.stream()
                .map(AttemptFigures::slice)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new ThroughputChart(columns, lines, x, Math.round(peak), slice);
    }

    private static double perSecond(double users, AttemptFigures attempt) {
        return users * Duration.ofSeconds(1).toMillis() / attempt.slice().toMillis();
    }

    boolean hasColumns() {
        return !columns.isEmpty();
    }

    /** What the chart shows, in a sentence. */
    String caption() {
        return String.format(
                Locale.ROOT,
                "Users decided a second, over the time of the change from left to right. Each column is the average of"
                        + " about %,d s, the highest %,d.%s",
                Math.max(
                        1,
                        Math.round(slice.toMillis()
                                / (double) Duration.ofSeconds(1).toMillis())),
                peak,
                lines.isEmpty() ? "" : " A line parts two attempts.");
    }
}
