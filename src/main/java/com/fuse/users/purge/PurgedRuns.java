package com.fuse.users.purge;

import java.time.Instant;

/**
 * What one purge removed.
 *
 * @param before the runs that had ended before this time were to go
 * @param runs the runs of which nothing is left
 * @param records rows, users, outcomes and chunks removed, also those of a run that an earlier purge began with
 */
public record PurgedRuns(Instant before, long runs, long records) {}
