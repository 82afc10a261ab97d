package com.fuse.users.run.request;

/**
 * The speed of a run.
 *
 * @param chunkSize users changed in one transaction
 * @param partitions ranges of user IDs that are processed in parallel
 * @param gentle whether to rest after each chunk for as long as the chunk took
 */
public record Pace(int chunkSize, int partitions, boolean gentle) {}
