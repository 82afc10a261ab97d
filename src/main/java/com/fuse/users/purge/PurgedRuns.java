package com.fuse.users.purge;

import java.time.Instant;

/**
 * The result of one purge.
 *
 * @param before the purge covered the runs that ended before this time
 * @param runs the runs that are now removed completely
 * @param records the rows, users, outcomes and chunks that this purge removed, including those of a run that an earlier
 *     purge began to remove
 */
public record PurgedRuns(Instant before, long runs, long records) {}
