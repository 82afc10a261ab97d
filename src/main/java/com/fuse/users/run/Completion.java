package com.fuse.users.run;

import com.fuse.users.text.Moments;
import java.time.Instant;

/**
 * The end of the newest run that completed an input, or that an undo ended half-way.
 *
 * @param abandoned whether an undo ended it
 * @param purged whether the run's records have been purged since
 */
public record Completion(long run, Instant endedAt, boolean abandoned, boolean purged) {

    /** Such as "run 7 completed it on 2026-05-08T12:00:00Z". */
    public String sentence() {
        return (abandoned ? "run %d of it was abandoned %s" : "run %d completed it %s").formatted(run, when());
    }

    /** Such as "on 2026-05-08T12:00:00Z, purged since". */
    public String when() {
        return "on " + Moments.of(endedAt) + (purged ? ", purged since" : "");
    }
}
