package com.fuse.users.preflight;

/**
 * The effect of a run in figures, counted before the first write.
 *
 * @param rows rows of the input
 * @param users different users whom the rows name, whether or not they exist
 * @param changes users who would be changed
 * @param activeUsers all active users of the platform
 * @param changedBefore other users whom the command has changed by its earlier inputs; for a plan, whom it would change
 * @param activeAtStart the users who were active when the command began
 */
public record Preview(long rows, long users, long changes, long activeUsers, long changedBefore, long activeAtStart) {

    /** The users whom the command has changed and would change, in all its inputs so far. */
    long changesOfCommand() {
        return changedBefore + changes;
    }
}
