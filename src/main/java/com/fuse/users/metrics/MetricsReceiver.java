package com.fuse.users.metrics;

import java.io.IOException;
import java.time.Duration;

/** Who takes metrics. */
interface MetricsReceiver {

    /** For connecting, and for each read of an answer. */
    Duration TIMEOUT = Duration.ofSeconds(2);

    /** For the operator; without credentials. */
    String name();

    /** Returns once they are taken. */
    void receive(CommandLabels labels, CommandMeters meters) throws IOException;
}
