package com.fuse.users.preflight;

/**
 * The effect of a run in figures, counted before the first write.
 *
 * @param rows rows of the input
 * @param users different users whom the rows name, whether or not they exist
 * @param changes users who would be changed
 * @param activeUsers all active users of the platform
 */
public record Preview(long rows, long users, long changes, long activeUsers) {}
