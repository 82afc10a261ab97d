package com.fuse.users.purge;

/**
 * What a purge removed.
 *
 * @param runs the runs that are now removed completely
 * @param records the rows, users, outcomes and chunks that this purge removed, including those of a run that an earlier
 *     purge began to remove
 */
public record PurgeResult(long runs, long records) {}
