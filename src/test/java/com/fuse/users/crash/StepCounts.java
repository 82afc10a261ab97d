package com.fuse.users.crash;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The number of interruptions in each step. */
final class StepCounts {

    private final Map<JobStep, Integer> byStep = new EnumMap<>(JobStep.class);
    private int between;

    /** @param step from the metadata after the interruption; empty between two steps */
    void add(Optional<JobStep> step) {
        step.ifPresentOrElse(interrupted -> byStep.merge(interrupted, 1, Integer::sum), () -> between++);
    }

    void add(StepCounts other) {
        other.byStep.forEach((step, count) -> byStep.merge(step, count, Integer::sum));
        between += other.between;
    }

    int total() {
        return between + byStep.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean has(Set<JobStep> steps) {
        return byStep.keySet().containsAll(steps);
    }

    @Override
    public String toString() {
        return byStep.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "", ", between two steps: " + between + ", in all: " + total()));
    }
}
