package com.fuse.users.run;

import org.slf4j.MDC;

/** Has what a thread logs say on which run it works, from the moment that this is known until it is closed. */
public final class LoggedRun implements AutoCloseable {

    /** The name by which logging knows the number. */
    private static final String RUN = "run";

    /** What this thread logs is of this run. */
    public LoggedRun is(long runId) {
        MDC.put(RUN, Long.toString(runId));
        return this;
    }

    /** The work, logging on whichever thread as of the run that this thread works on now. */
    public static Runnable carried(Runnable work) {
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
