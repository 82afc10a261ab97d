package com.fuse.users.job;

import com.fuse.users.liveness.RetryBudget;
import com.fuse.users.liveness.RunLock;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.run.RunMonitor;

/**
 * What the threads of one attempt at a run share: the run's lock, whether to go on, and that something was committed.
 * Thread-safe.
 */
final class Attempt {

    private final RunLock lock;
    private final RunMonitor monitor;
    private final StopSignal stop;
    private final RetryBudget budget;
    private volatile boolean aborted;

    /** @param lock held as long as the attempt lasts */
    Attempt(RunLock lock, RunMonitor monitor, StopSignal stop, RetryBudget budget) {
        this.lock = lock;
        this.monitor = monitor;
        this.stop = stop;
        this.budget = budget;
    }

    RunLock lock() {
        return lock;
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
        budget.failed();
    }

    /** Whether no further chunk is to begin. */
    boolean isToEnd() {
        return aborted || stop.isRequested();
    }

    /** The database answered. */
    void databaseAnswered() {
        budget.databaseAnswered();
    }

    /** So many more users have their outcome, for good. */
    void committed(long users) {
        budget.succeeded();
        monitor.advanced(users);
    }
}
