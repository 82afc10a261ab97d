package com.fuse.users.report;

import com.fuse.users.history.attempt.AttemptFigures;
import com.fuse.users.history.attempt.Rates;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of the throughput chart: users per second, slice by slice, with a gap between two attempts.
 *
 * @param columns from left to right
 * @param width of the chart, in the unit of each column's position
 * @param peak users per second in the highest column
 */
record ThroughputChart(List<Column> columns, int width, long peak) {

    private static final int STEP = 10;
    private static final int HEIGHT = 100;
    private static final int FEWEST_FOR_A_TREND = 5;

    /** A column, in the coordinates of the chart. */
    record Column(int x, long y, long height) {}

    static ThroughputChart of(List<AttemptFigures> attempts) {
        long peak = attempts.stream()
                .flatMap(attempt -> attempt.slices().stream().map(users -> Rates.perSecond(users, attempt.slice())))
                .max(Long::compare)
                .orElse(0L);
        List<Column> columns = new ArrayList<>();
        int x = 0;
        for (AttemptFigures attempt : attempts) {
            for (Long users : attempt.slices()) {
                long height = Math.round((double) HEIGHT * Rates.perSecond(users, attempt.slice()) / Math.max(1, peak));
                columns.add(new Column(x, HEIGHT - height, height));
                x += STEP;
            }
            x += attempt.slices().isEmpty() ? 0 : STEP;
        }
        return new ThroughputChart(columns, Math.max(STEP, x - STEP), peak);
    }

    /** Whether there are enough columns to show a trend. */
    boolean showsTrend() {
        return columns.size() >= FEWEST_FOR_A_TREND;
    }
}
