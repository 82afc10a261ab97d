package com.fuse.users.purge;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a purge would remove.
 *
 * @param before the purge covers the runs that ended before this time
 * @param runs the runs that it would remove, in the order of their removal
 * @param kept the numbers of the runs that ended before this time and that it would keep
 */
public record PurgePlan(Instant before, List<OldRun> runs, List<Long> kept) {

    /**
     * A run that a purge would remove.
     *
     * @param rows the rows of its input; null if it was never staged
     * @param records its rows, users, outcomes and chunks that there still are
     */
    public record OldRun(
            long id,
            String command,
            boolean dryRun,
            Instant endedAt,
            @Nullable Long rows,
            long records) {}

    /** The records of all the runs. */
    public long records() {
        return runs.stream().mapToLong(OldRun::records).sum();
    }
}
