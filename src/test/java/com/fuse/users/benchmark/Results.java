package com.fuse.users.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The results of the benchmark, as a Markdown table on standard output and as JSON with every measurement. */
final class Results {

    /**
     * A figure and what it should be at the most.
     *
     * @param unit appended to both numbers; empty for a ratio
     */
    record Figure(String what, double measured, double target, String unit) {

        boolean met() {
            return measured <= target;
        }

        private String row() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.2f%s | %.2f%s | %s |",
                    what,
                    measured,
                    unit,
                    target,
                    unit,
                    met() ? "met" : "missed");
        }
    }

    private final Map<String, Timings> timings = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();

    Timings timings(String of) {
        return timings.computeIfAbsent(of, added -> new Timings());
    }

    /** Adds a line, and prints it. */
    void add(String what, double measured, double target, String unit) {
        Figure figure = new Figure(what, measured, target, unit);
        figures.add(figure);
        System.out.println(figure.row());
    }

    void print() {
        System.out.println("| what | measured | at most | |\n|---|---|---|---|");
        figures.forEach(figure -> System.out.println(figure.row()));
        timings.forEach((of, measured) -> measured.seconds()
                .forEach((name, seconds) -> System.out.printf(
                        Locale.ROOT,
                        "%s, %s: median %.2f s of %s%n",
                        of,
                        name,
                        measured.medianSeconds(name),
                        seconds)));
    }

    void write(Path file) throws IOException {
        Map<String, Object> seconds = new LinkedHashMap<>();
        timings.forEach((of, measured) -> seconds.put(of, measured.seconds()));
        Files.writeString(
                file,
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(Map.of("figures", figures, "seconds", seconds)));
    }
}
