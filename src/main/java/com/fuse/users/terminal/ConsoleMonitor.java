package com.fuse.users.terminal;

import com.fuse.users.run.Completion;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.text.Moments;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a run: on a terminal as one live line, otherwise as a log line every few seconds. */
public final class ConsoleMonitor implements RunMonitor, AutoCloseable {

    private final Console console;
    private volatile @Nullable Progress progress;
    private final boolean live = Terminal.isInteractive();
    private boolean quiet;

    public ConsoleMonitor(Console console) {
        this.console = console;
    }

    @Override
    public void opened(Run run, boolean resumed, @Nullable Completion completedBefore) {
        console.println("Run %d on %s: %s %s%s"
                .formatted(
                        run.id(),
                        run.describeDatabase(),
                        SummaryText.command(run),
                        run.inputName(),
                        resumed ? ", resumed; started " + Moments.of(run.startedAt()) : ""));
        if (completedBefore != null) {
            console.println("The same input was %s before, by run %d %s"
                    .formatted(
                            completedBefore.abandoned() ? "begun and abandoned" : "completed",
                            completedBefore.run(),
                            completedBefore.when()));
        }
    }

    @Override
    public void noted(String line) {
        console.println(line);
    }

    @Override
    public synchronized void taskStarted(String name, long done, long total) {
        if (!quiet) {
            progress = live ? new LiveLine(console, name, done, total) : new LogLines(name, done, total);
        }
    }

    /** Ends the live line, and shows no other, so that nothing overwrites the lines that are printed from here on. */
    public synchronized void endLiveLine() {
        if (live) {
            quiet = true;
            close();
        }
    }

    @Override
    public void advanced(long rows) {
        Progress current = progress;
        if (current != null) {
            current.advance(rows);
        }
    }

    @Override
    public void waiting(@Nullable String why) {
        Progress current = progress;
        if (current != null) {
            current.waiting(why);
        }
    }

    @Override
    public void taskEnded() {
        close();
    }

    @Override
    public synchronized void close() {
        Progress ended = progress;
        progress = null;
        if (ended != null) {
            ended.close();
        }
    }

    /** Shows the progress of one task. */
    interface Progress extends AutoCloseable {
        void advance(long rows);

        /** @param why how long and why the task waits; null if it does not */
        void waiting(@Nullable String why);

        @Override
        void close();
    }
}
