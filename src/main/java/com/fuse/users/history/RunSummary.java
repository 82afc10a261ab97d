package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import com.fuse.users.change.RowCounts;
import com.fuse.users.run.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run in figures, as far as it has come.
 *
 * @param state what it is doing, or how it ended
 * @param made the attempts, in order
 * @param outcomes rows by outcome, in the order of {@link Outcome}; outcomes without rows are left out
 * @param rows rows deleted and added by step; what would be, in a plan
 * @param deviations what came out otherwise than the plan said to which the run is held, the most rows first; null if
 *     it is held to none
 * @param notRestored what an undo leaves deleted
 * @param undoneBy the runs that undid this one, ascending
 */
public record RunSummary(
        Run run,
        RunState state,
        List<AttemptRecord> made,
        Map<Outcome, Long> outcomes,
        RowCounts rows,
        @Nullable List<Deviation> deviations,
        NotRestored notRestored,
        List<Long> undoneBy) {

    /** The same figures of the run as it has ended since. */
    public RunSummary endedAs(Run ended) {
        return new RunSummary(ended, RunState.ofEnded(ended), made, outcomes, rows, deviations, notRestored, undoneBy);
    }

    /** How many attempts there are. */
    public int attempts() {
        return made.size();
    }

    /** How long processes worked on the run, without the pauses between attempts and the writing of the report. */
    public Duration worked() {
        return made.stream().map(AttemptRecord::worked).reduce(Duration.ZERO, Duration::plus);
    }

    /** The rows that came out otherwise than the plan said to which the run is held; null if it is held to none. */
    public @Nullable Long drift() {
        return deviations == null
                ? null
                : Long.valueOf(deviations.stream().mapToLong(Deviation::rows).sum());
    }

    /** Whether every row has its outcome. */
    public boolean isAccountedFor() {
        return Objects.equals(run.rowCount(), decidedRows());
    }

    /** The rows that have an outcome. */
    public long decidedRows() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The rows that somebody has to look at. */
    public long skips() {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().isSkip())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Decided rows a second, over the time worked. */
    public long rowsPerSecond() {
        return Rates.perSecond(decidedRows(), worked());
    }
}
