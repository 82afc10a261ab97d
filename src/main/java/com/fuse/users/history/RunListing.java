package com.fuse.users.history;

import com.fuse.users.history.attempt.AttemptRecord;
import com.fuse.users.run.Run;
import java.time.Duration;
import java.util.List;

/**
 * A run in the list of runs.
 *
 * @param changes the users who got the requested change, or would get it
 * @param skips the skipped rows
 * @param undoneBy the runs that undid this one, ascending
 * @param made the attempts, in order
 */
public record RunListing(
        Run run, RunState state, long changes, long skips, List<Long> undoneBy, List<AttemptRecord> made) {

    /** How long processes worked on the run. */
    public Duration worked() {
        return AttemptRecord.worked(made);
    }
}
