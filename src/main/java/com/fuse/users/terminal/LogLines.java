package com.fuse.users.terminal;

import com.fuse.users.run.RunLogContext;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the progress of a task and its remaining time every few seconds. */
final class LogLines implements ConsoleMonitor.Progress {

    private static final Logger LOG = LoggerFactory.getLogger(LogLines.class);
    private static final long INTERVAL_SECONDS = 5;

    private final String name;
    private final long total;
    private final long doneBefore;
    private final AtomicLong done;
    private volatile @Nullable String waiting;
    private final long startNanos = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    LogLines(String name, long done, long total) {
        this.name = name;
        this.total = total;
        this.doneBefore = done;
        this.done = new AtomicLong(done);
        var unused = timer.scheduleWithFixedDelay(
                RunLogContext.propagating(this::log), INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void advance(long rows) {
        done.addAndGet(rows);
    }

    @Override
    public void waiting(@Nullable String why) {
        waiting = why;
    }

    @Override
    public void close() {
        timer.shutdown();
    }

    private void log() {
        String why = waiting;
        if (why != null) {
            LOG.info("Waiting {}", why);
            return;
        }
        LOG.info(new TaskProgress(name, doneBefore, done.get(), total, Duration.ofNanos(System.nanoTime() - startNanos))
                .line());
    }
}
