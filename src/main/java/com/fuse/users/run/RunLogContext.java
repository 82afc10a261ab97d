package com.fuse.users.run;

import org.slf4j.MDC;

/** Puts the run's number into the log context (MDC) of the current thread until closed. */
public final class RunLogContext implements AutoCloseable {

    /** The key in the MDC, which logback-spring.xml prints. */
    private static final String RUN = "run";

    /** From here on, the current thread logs under this run. */
    public RunLogContext bind(long runId) {
        MDC.put(RUN, Long.toString(runId));
        return this;
    }

    /** Wraps work so that it logs under the current thread's run, on any thread. */
    public static Runnable propagating(Runnable work) {
        String run = MDC.get(RUN);
        if (run == null) {
            return work;
        }
        return () -> {
            MDC.put(RUN, run);
            try {
                work.run();
            } finally {
                MDC.remove(RUN);
            }
        };
    }

    @Override
    public void close() {
        MDC.remove(RUN);
    }
}
