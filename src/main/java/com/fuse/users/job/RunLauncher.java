package com.fuse.users.job;

import com.fuse.users.operation.RunOrder;
import com.fuse.users.run.RunLogContext;

/**
 * Brings a run to its end: opens a new run, or the one that an earlier command left open, and makes attempts until the
 * run ends, is stopped, or an error persists. A repeated attempt resumes the run exactly as after a crash.
 */
public record RunLauncher(JobEngine engine) {

    /** Returns when this process has nothing more to do for this input. Expected ends are not exceptions. */
    public RunEnd launch(RunOrder order) {
        try (RunLogContext logContext = new RunLogContext()) {
            return new Launch(engine, order, logContext).toEnd();
        }
    }
}
