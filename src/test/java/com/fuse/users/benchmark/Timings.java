package com.fuse.users.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The measurements by round and name. */
final class Timings {

    private final Map<String, List<Duration>> durations = new LinkedHashMap<>();

    /** Adds what one contender took in one round. */
    void add(Map<String, Duration> measured) {
        measured.forEach((name, duration) ->
                durations.computeIfAbsent(name, added -> new ArrayList<>()).add(duration));
    }

    double medianSeconds(String name) {
        List<Duration> sorted = durations.get(name).stream().sorted().toList();
        int half = sorted.size() / 2;
        Duration lower = sorted.get(sorted.size() % 2 == 0 ? half - 1 : half);
        return lower.plus(sorted.get(half)).toMillis() / 2000.0;
    }

    double ratio(String name, String against) {
        return medianSeconds(name) / medianSeconds(against);
    }

    /** All seconds of all rounds, by name. */
    Map<String, List<Double>> seconds() {
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        durations.forEach((name, all) -> seconds.put(
                name, all.stream().map(one -> one.toMillis() / 1000.0).toList()));
        return seconds;
    }
}
