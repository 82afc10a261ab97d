package com.fuse.users.run;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
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
        return words().stream().map(" "::concat).collect(joining());
    }

    /** As on the command line, word by word. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (dryRun) {
            words.add("--dry-run");
        }
        if (planId != null) {
            words.addAll(List.of("--plan", planId.toString()));
        }
        if (column != null) {
            // What begins with a dash would be taken for an option.
            words.addAll(column.startsWith("-") ? List.of("--column=" + column) : List.of("--column", column));
        }
        if (withMemberships) {
            words.add("--with-memberships");
        }
        if (transferAdminTo != null) {
            words.addAll(List.of("--transfer-admin-to", transferAdminTo.toString()));
        }
        return words;
    }

    /** The options of the plan that a run with these may be held to. */
    RunOptions ofThePlan() {
        return new RunOptions(column, true, null, transferAdminTo, undoneRunId, withMemberships);
    }
}
