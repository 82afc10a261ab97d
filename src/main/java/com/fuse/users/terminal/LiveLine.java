package com.fuse.users.terminal;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a task in a line that changes. It leaves a line that is complete, if the task took a while. */
final class LiveLine implements ConsoleMonitor.Progress {

    private static final int UPDATE_MILLIS = 250;
    private static final Duration WORTH_A_LINE = Duration.ofSeconds(1);

    private final Console console;
    private final ProgressBar bar;

    LiveLine(Console console, String name, long done, long total) {
        this.console = console;
        bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setRenderer((state, width) -> cut(line(state), width))
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void advance(long rows) {
        bar.stepBy(rows);
    }

    @Override
    public void waiting(@Nullable String why) {
        bar.setExtraMessage(why == null ? "" : why);
        bar.refresh();
    }

    @Override
    public void close() {
        bar.close();
        TaskProgress ended = new TaskProgress(
                bar.getTaskName(), bar.getStart(), bar.getCurrent(), bar.getMax(), bar.getElapsedAfterStart());
        if (ended.elapsed().compareTo(WORTH_A_LINE) >= 0) {
            console.note(ended.ended());
        }
    }

    private static TaskProgress of(ProgressState state) {
        return new TaskProgress(
                state.getTaskName(),
                state.getStart(),
                state.getCurrent(),
                state.isIndefinite() ? -1 : state.getMax(),
                state.getElapsedAfterStart());
    }

    private static String line(ProgressState state) {
        String why = state.getExtraMessage();
        return why.isEmpty() ? of(state).line() : "Waiting " + why;
    }

    private static String cut(String line, int width) {
        return line.substring(0, Math.min(line.length(), width));
    }
}
