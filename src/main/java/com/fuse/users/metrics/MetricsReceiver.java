package com.fuse.users.metrics;

import java.io.IOException;

/** Who takes metrics. */
interface MetricsReceiver {

    /** For the operator; without credentials. */
    String name();

    /** Returns once they are taken. */
    void receive(CommandLabels labels, CommandMeters meters) throws IOException;
}
