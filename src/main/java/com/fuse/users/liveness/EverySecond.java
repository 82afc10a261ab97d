package com.fuse.users.liveness;

import com.fuse.users.run.RunLogContext;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A thread that does the same work every second, under the run of the thread that starts it. */
public final class EverySecond {

    private static final long INTERVAL_MILLIS = 1_000;

    private final ScheduledExecutorService thread;

    /** @param name the name of the thread */
    public EverySecond(String name) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread named = new Thread(task, name);
            named.setDaemon(true);
            return named;
        });
    }

    /** Does the work before it returns, and then every second until {@link #end}. */
    public void start(Runnable work) {
        work.run();
        if (!thread.isShutdown()) {
            var unused = thread.scheduleWithFixedDelay(
                    RunLogContext.propagating(work), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The work does not begin again. The work itself may call this. */
    public void end() {
        thread.shutdown();
    }

    /** The same; work in progress is interrupted. */
    public void interrupt() {
        thread.shutdownNow();
    }

    /** Returns when the work that is in progress is over. */
    public void awaitEnd() {
        boolean interrupted = false;
        try {
            while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                continue;
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
