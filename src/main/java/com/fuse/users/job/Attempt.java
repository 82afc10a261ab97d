package com.fuse.users.job;

import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.StopSignal;

/**
 * What the threads of one attempt at a run share: whether to go on, and that something was committed. Thread-safe.
 */
final class Attempt {

    private final RunMonitor monitor;
    private final StopSignal stop;
    private final RetryBudget budget;
    private volatile boolean aborted;

    Attempt(RunMonitor monitor, StopSignal stop, RetryBudget budget) {
        this.monitor = monitor;
        this.stop = stop;
        this.budget = budget;
    }

    RunMonitor monitor() {
        return monitor;
    }

    StopSignal stop() {
        return stop;
    }

    /** The attempt cannot go on, so its other partitions are not to go on alone. */
    void abort() {
        aborted = true;
    }

    /** Whether no further chunk is to begin. */
    boolean isToEnd() {
        return aborted || stop.isRequested();
    }

    /** So many more users have their outcome, for good. */
    void committed(long users) {
        budget.succeeded();
        monitor.advanced(users);
    }
}
