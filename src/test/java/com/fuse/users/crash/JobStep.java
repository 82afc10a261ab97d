package com.fuse.users.crash;

import java.util.Arrays;

/** The steps of the job of {@code deactivate}, in their order. */
enum JobStep {
    STAGE("stage"),
    PREFLIGHT("preflight"),
    CHANGE("deactivate"),
    REPORT("report");

    private static final String PARTITION = "users:";

    private final String label;

    JobStep(String label) {
        this.label = label;
    }

    /** The name in Spring Batch's metadata. */
    String label() {
        return label;
    }

    /** The step with this name in Spring Batch's metadata; a partition belongs to {@link #CHANGE}. */
    static JobStep named(String name) {
        return Arrays.stream(values())
                .filter(step -> step.label.equals(name) || step == CHANGE && name.startsWith(PARTITION))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }
}
