package com.fuse.users.preflight;

/**
 * What a run would do, as it stands before the first write.
 *
 * @param rows rows of the input
 * @param users different users whom they name, there or not
 * @param changes users who would be changed
 * @param activeUsers all active users of the platform
 */
public record Preview(long rows, long users, long changes, long activeUsers) {}
