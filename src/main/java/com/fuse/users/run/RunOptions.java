package com.fuse.users.run;

import org.jspecify.annotations.Nullable;

/**
 * What of a command bears on outcomes (contract, section 4), besides its name and the content of its input.
 *
 * @param column the column that identifies users; null to find it by its name
 * @param dryRun decide and report everything, change no platform row
 * @param planId the plan that the run is held to; null if none
 * @param transferAdminTo the user who takes the admin roles over where the row names nobody; null if nobody does
 * @param undoneRunId the run that is undone; null if this is no undo
 * @param withMemberships whether an undo brings back the memberships too
 */
public record RunOptions(
        @Nullable String column,
        boolean dryRun,
        @Nullable Long planId,
        @Nullable Long transferAdminTo,
        @Nullable Long undoneRunId,
        boolean withMemberships) {

    /** As on the command line, each with a blank in front; empty if there are none. */
    public String describe() {
        return (dryRun ? " --dry-run" : "")
                + (planId == null ? "" : " --plan " + planId)
                + (column == null ? "" : " --column " + column)
                + (withMemberships ? " --with-memberships" : "")
                + (transferAdminTo == null ? "" : " --transfer-admin-to " + transferAdminTo);
    }

    /** The options of the plan that a run with these may be held to. */
    RunOptions ofThePlan() {
        return new RunOptions(column, true, null, transferAdminTo, undoneRunId, withMemberships);
    }
}
