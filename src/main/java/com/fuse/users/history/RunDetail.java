package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import java.util.List;

/**
 * What a run's page tells beyond its {@link RunSummary}.
 *
 * @param attempts in their order
 * @param removed the memberships that the run removed; none in a plan, which removes nothing
 * @param added the memberships that the run added, or in a plan would
 * @param skipped the first {@link #MOST_SKIPPED} rows that somebody has to look at, by line
 * @param userIds the users whom the command named one by one; empty if they are more than a command line takes
 * @param deleted the rows that the run deleted, with what an undo does not bring back of them
 */
public record RunDetail(
        List<AttemptFigures> attempts,
        CommunityCounts removed,
        CommunityCounts added,
        List<SkippedRow> skipped,
        List<Long> userIds,
        NotRestored deleted) {

    /** More than that nobody reads; the files have them all. */
    public static final int MOST_SKIPPED = 1_000;

    /** Of {@link #skipped}, those with this outcome. */
    public List<SkippedRow> skipped(Outcome outcome) {
        return skipped.stream().filter(row -> row.outcome() == outcome).toList();
    }
}
