package com.fuse.users.history;

import static java.util.stream.Collectors.joining;

import com.fuse.users.change.Outcome;
import com.fuse.users.history.attempt.AttemptRecord;
import com.fuse.users.history.attempt.Rates;
import com.fuse.users.run.Actor;
import com.fuse.users.run.Run;
import com.fuse.users.tables.RowCounts;
import com.fuse.users.text.Counts;
import com.fuse.users.text.Seconds;
import com.fuse.users.throttle.WaitTotal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run so far.
 *
 * @param made the attempts, in order
 * @param outcomes rows by outcome, in the order of {@link Outcome}, without outcomes that have no rows
 * @param rows rows deleted and added by table; in a plan, the rows that the run would delete and add
 * @param deviations differences from the run's plan, most rows first; null if the run has no plan
 * @param notRestored what an undo did not restore
 * @param undoneBy the runs that undid this one, ascending
 * @param waits how the run waited for the platform, the longest first
 */
public record RunSummary(
        Run run,
        RunState state,
        List<AttemptRecord> made,
        Map<Outcome, Long> outcomes,
        RowCounts rows,
        @Nullable List<Deviation> deviations,
        NotRestored notRestored,
        List<Long> undoneBy,
        List<WaitTotal> waits) {

    /** The same figures after the end of the run. */
    public RunSummary endedAs(Run ended) {
        return new RunSummary(
                ended, RunState.ofEnded(ended), made, outcomes, rows, deviations, notRestored, undoneBy, waits);
    }

    /** Why the run was refused or failed, in one line; null if it was not, or if its process died. */
    public @Nullable String error() {
        return made.isEmpty() ? null : made.get(made.size() - 1).error();
    }

    /** Who made the last attempt; null if there is none, or if it died before it could say. */
    public @Nullable Actor by() {
        return made.isEmpty() ? null : made.get(made.size() - 1).actor();
    }

    /** How many attempts there are. */
    public int attempts() {
        return made.size();
    }

    /**
     * How long processes worked on the run, without the time between attempts, the preflight with its question, and the
     * writing of the report.
     */
    public Duration worked() {
        return AttemptRecord.worked(made);
    }

    /** The rows whose outcome differs from the run's plan; null if the run has no plan. */
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

    /** The skipped rows. */
    public long skips() {
        return new OutcomeCounts(outcomes).skips();
    }

    /** The users who got the requested change, or would get it. */
    public long changes() {
        return new OutcomeCounts(outcomes).changes();
    }

    /** Decided rows per second, over the time worked. */
    public long rowsPerSecond() {
        return Rates.perSecond(decidedRows(), worked());
    }

    /** Decided rows per second, over the time worked without the waits. */
    public long rowsPerSecondWithoutWaits() {
        Duration waited = WaitTotal.sum(waits);
        // The record of a wait may be a little longer than the attempt, which ends by another clock.
        return waited.compareTo(worked()) < 0
                ? Rates.perSecond(decidedRows(), worked().minus(waited))
                : rowsPerSecond();
    }

    /** How long the run waited and why, in one line; null if it did not. */
    public @Nullable String waitSentence() {
        if (waits.isEmpty()) {
            return null;
        }
        String speed =
                hasSpeed() ? "; %s rows/s without the waits".formatted(Counts.figure(rowsPerSecondWithoutWaits())) : "";
        return "Waited %s: %s%s"
                .formatted(
                        Seconds.of(WaitTotal.sum(waits)),
                        waits.stream()
                                .map(wait -> "%s %s (%s)"
                                        .formatted(
                                                wait.reason().label(),
                                                Seconds.of(wait.length()),
                                                Counts.of(wait.times(), "time")))
                                .collect(joining(", ")),
                        speed);
    }

    /** Whether this is a speed: a refused run decided none of its users, and a short one says little. */
    public boolean hasSpeed() {
        return state != RunState.REFUSED && decidedRows() > 0 && !Rates.tooShort(worked());
    }

    /** Whether this is a plan to whose run the preflight would object; {@link #error} says why. */
    public boolean wouldBeRefused() {
        return run.dryRun() && run.isCompleted() && error() != null;
    }
}
