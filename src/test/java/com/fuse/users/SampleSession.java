package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command in a sample session of the documentation, and what it prints. A line of three dots stands for any lines;
 * times, speeds and databases are compared by their form alone.
 */
record SampleSession(String command, String shown) {

    private static final Pattern DURATIONS = Pattern.compile("in [\\d,]+\\.\\d s(, [\\d,]+ rows/s)?");
    private static final Pattern MOMENTS = Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern DATABASES = Pattern.compile("\\b[Oo]n \\w+ at [\\w.-]+:\\d+ as \\w+");
    private static final String LEFT_OUT = "...";

    /** The commands of a session. */
    static List<SampleSession> of(List<String> session) {
        return Stream.of(("\n" + String.join("\n", session)).split("\n\\$ "))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.split("\n", 2))
                .map(entry -> new SampleSession(entry[0], entry.length == 1 ? "" : entry[1]))
                .toList();
    }

    void assertShows(String printed) {
        String pattern = comparable(shown)
                .lines()
                .map(line -> line.equals(LEFT_OUT) ? "(.*\n)+" : Pattern.quote(line) + "\n")
                .collect(Collectors.joining());
        assertThat(comparable(printed)).as(command).matches(pattern);
    }

    private static String comparable(String text) {
        String untimed =
                MOMENTS.matcher(DURATIONS.matcher(text).replaceAll("in 0.0 s")).replaceAll("2026-01-01T00:00:00Z");
        return DATABASES.matcher(untimed).replaceAll("on DATABASE");
    }
}
