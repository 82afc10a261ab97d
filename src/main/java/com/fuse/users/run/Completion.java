package com.fuse.users.run;

import java.time.Instant;

/**
 * The end of the newest run that completed an input, or that an undo ended half-way.
 *
 * @param abandoned whether an undo ended it
 * @param purged whether the run's records have been purged since
 */
public record Completion(long run, Instant endedAt, boolean abandoned, boolean purged) {

    /** What became of the input: "completed" or "abandoned". */
    public String verb() {
        return abandoned ? "abandoned" : "completed";
    }

    /** Such as "on 2026-05-08T12:00:00Z, purged since". */
    public String when() {
        return "on " + endedAt + (purged ? ", purged since" : "");
    }
}
