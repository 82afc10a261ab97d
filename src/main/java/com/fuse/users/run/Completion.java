package com.fuse.users.run;

import java.time.Instant;

/**
 * The end of the newest run that completed an input.
 *
 * @param purged whether the run's records have been purged since
 */
public record Completion(long run, Instant endedAt, boolean purged) {

    /** Such as "on 2026-05-08T12:00:00Z, purged since". */
    public String when() {
        return "on " + endedAt + (purged ? ", purged since" : "");
    }
}
