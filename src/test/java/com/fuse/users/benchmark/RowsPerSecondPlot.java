package com.fuse.users.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Rows per second by input size, on logarithmic axes, as an SVG. */
final class RowsPerSecondPlot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int MARGIN = 60;
    private static final String[] COLOURS = {"#1f6feb", "#8a6d3b"};
    private static final int HIGHEST_POWER = 5;
    private static final int LOWEST_POWER = 2;

    private RowsPerSecondPlot() {}

    /** @param series rows per second by rows of the input, by name */
    static void write(Path file, Map<String, SortedMap<Integer, Double>> series) throws IOException {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'"
                        + " role='img' aria-label='Rows per second over rows of the input'>%n"
                        + "<rect width='100%%' height='100%%' fill='#ffffff'/>%n",
                WIDTH,
                HEIGHT));
        for (int power = LOWEST_POWER; power <= HIGHEST_POWER; power++) {
            double y = y(Math.pow(10, power));
            line(svg, MARGIN, y, WIDTH - MARGIN, y);
            text(svg, MARGIN - 8, y + 4, "end", String.format(Locale.ROOT, "%,d", (long) Math.pow(10, power)));
        }
        int number = 0;
        for (Map.Entry<String, SortedMap<Integer, Double>> one : series.entrySet()) {
            SortedMap<Integer, Double> points = one.getValue();
            String colour = COLOURS[number % COLOURS.length];
            StringBuilder line = new StringBuilder();
            points.forEach((rows, perSecond) -> {
                double x = x(rows, points);
                line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(perSecond)));
                svg.append(String.format(
                        Locale.ROOT, "<circle cx='%.1f' cy='%.1f' r='4' fill='%s'/>%n", x, y(perSecond), colour));
                text(svg, x, HEIGHT - MARGIN + 20, "middle", String.format(Locale.ROOT, "%,d", rows));
                text(svg, x, y(perSecond) - 8, "middle", String.format(Locale.ROOT, "%,.0f", perSecond));
            });
            svg.append(
                    String.format("<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>%n", line, colour));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x='%d' y='%d' fill='%s'>%s</text>%n",
                    MARGIN + 10,
                    20 + 16 * number++,
                    colour,
                    one.getKey()));
        }
        text(svg, WIDTH / 2.0, HEIGHT - 12, "middle", "rows of the input; rows per second, whole process");
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private static double x(int rows, SortedMap<Integer, Double> points) {
        double span = Math.log10(points.lastKey()) - Math.log10(points.firstKey());
        return MARGIN + 20 + (Math.log10(rows) - Math.log10(points.firstKey())) / span * (WIDTH - 2.0 * MARGIN - 40);
    }

    private static double y(double perSecond) {
        double share = (Math.log10(perSecond) - LOWEST_POWER) / (HIGHEST_POWER - LOWEST_POWER);
        return HEIGHT - MARGIN - share * (HEIGHT - 2.0 * MARGIN);
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT, "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#dddddd'/>%n", x1, y1, x2, y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x='%.1f' y='%.1f' text-anchor='%s' fill='#333333'>%s</text>%n",
                x,
                y,
                anchor,
                text));
    }
}
