package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import com.fuse.users.history.attempt.AttemptFigures;
import java.util.List;

/**
 * A run's figures beyond its {@link RunSummary}.
 *
 * @param attempts in order
 * @param removed the memberships that the run removed; none in a plan
 * @param added the memberships that the run added, or that a plan would add
 * @param skipped the first {@link #MOST_SKIPPED} skipped rows, by line
 * @param userIds the users that the command named by --user; empty if they do not fit on a command line
 * @param deleted the rows that the run deleted, with what an undo does not bring back of them
 */
public record RunDetail(
        List<AttemptFigures> attempts,
        CommunityCounts removed,
        CommunityCounts added,
        List<SkippedRow> skipped,
        List<Long> userIds,
        NotRestored deleted) {

    /** Enough for a person; skipped.csv has all skipped rows. */
    public static final int MOST_SKIPPED = 1_000;

    /** The rows of {@link #skipped} with this outcome. */
    public List<SkippedRow> skipped(Outcome outcome) {
        return skipped.stream().filter(row -> row.outcome() == outcome).toList();
    }
}
