package com.fuse.users.crash;

import java.util.Arrays;

/** The steps of a run of {@code deactivate}, in their order. */
enum RunStep {
    STAGE("stage"),
    PREFLIGHT("preflight"),
    CHANGE("deactivate"),
    REPORT("report");

    private static final String PARTITION = "users:";

    private final String label;

    RunStep(String label) {
        this.label = label;
    }

    /** What Spring Batch's metadata calls it. */
    String label() {
        return label;
    }

    /** The step that Spring Batch's metadata calls so; the partitions are part of the step that changes users. */
    static RunStep named(String name) {
        return Arrays.stream(values())
                .filter(step -> step.label.equals(name) || step == CHANGE && name.startsWith(PARTITION))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }
}
