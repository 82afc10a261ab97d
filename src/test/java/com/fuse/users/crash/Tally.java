package com.fuse.users.crash;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How often a process was struck in which step. */
final class Tally {

    private final Map<RunStep, Integer> byStep = new EnumMap<>(RunStep.class);
    private int between;

    /** @param step as the metadata has it afterwards; empty between two steps */
    void add(Optional<RunStep> step) {
        step.ifPresentOrElse(hit -> byStep.merge(hit, 1, Integer::sum), () -> between++);
    }

    void add(Tally other) {
        other.byStep.forEach((step, count) -> byStep.merge(step, count, Integer::sum));
        between += other.between;
    }

    int total() {
        return between + byStep.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean has(Set<RunStep> steps) {
        return byStep.keySet().containsAll(steps);
    }

    @Override
    public String toString() {
        return byStep.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "", ", between two steps: " + between + ", in all: " + total()));
    }
}
