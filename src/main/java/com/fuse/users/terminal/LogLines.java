package com.fuse.users.terminal;

import com.fuse.users.run.RunLogContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs every some seconds how far a task has come, and how long it will take. */
final class LogLines implements ConsoleMonitor.Progress {

    private static final Logger LOG = LoggerFactory.getLogger(LogLines.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final long total;
    private final long doneBefore;
    private final AtomicLong done;
    private final long startNanos = System.nanoTime();
    private final Timer timer = new Timer("progress", true);

    LogLines(String name, long done, long total) {
        this.name = name;
        this.total = total;
        this.doneBefore = done;
        this.done = new AtomicLong(done);
        Runnable logging =
                RunLogContext.propagating(() -> LOG.info(line((System.nanoTime() - startNanos) / NANOS_PER_SECOND)));
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        logging.run();
                    }
                },
                INTERVAL.toMillis(),
                INTERVAL.toMillis());
    }

    @Override
    public void advance(long rows) {
        done.addAndGet(rows);
    }

    @Override
    public void close() {
        timer.cancel();
    }

    private String line(double seconds) {
        long rows = done.get();
        double perSecond = (rows - doneBefore) / seconds;
        if (total < 0) {
            return String.format(Locale.ROOT, "%s: %,d rows, %,.0f rows/s", name, rows, perSecond);
        }
        String left = perSecond == 0
                ? "unknown time"
                : Duration.ofSeconds(Math.round((total - rows) / perSecond))
                        .toString()
                        .substring(2)
                        .toLowerCase(Locale.ROOT);
        return String.format(
                Locale.ROOT,
                "%s: %,d of %,d rows (%d %%), %,.0f rows/s, %s left",
                name,
                rows,
                total,
                rows * 100 / Math.max(1, total),
                perSecond,
                left);
    }
}
