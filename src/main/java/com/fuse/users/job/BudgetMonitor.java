package com.fuse.users.job;

import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import org.jspecify.annotations.Nullable;

/** Passes everything on, and tells the retry budget whenever something has succeeded. */
record BudgetMonitor(RunMonitor monitor, RetryBudget budget) implements RunMonitor {

    @Override
    public void opened(Run run, boolean resumed, @Nullable Run completedBefore) {
        monitor.opened(run, resumed, completedBefore);
    }

    @Override
    public void noted(String line) {
        monitor.noted(line);
    }

    @Override
    public void taskStarted(String name, long done, long total) {
        monitor.taskStarted(name, done, total);
    }

    @Override
    public void advanced(long rows) {
        budget.succeeded();
        monitor.advanced(rows);
    }

    @Override
    public void taskEnded() {
        monitor.taskEnded();
    }
}
