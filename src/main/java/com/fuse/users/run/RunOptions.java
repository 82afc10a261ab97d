package com.fuse.users.run;

import static java.util.stream.Collectors.joining;

import com.fuse.users.csv.ColumnChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options that affect outcomes (contract, section 4).
 *
 * @param columns which columns of the input count
 * @param dryRun decide and report everything, but change no platform row
 * @param planId the plan that the run is checked against; null if none
 * @param transferAdminTo the successor of an admin whose row names none; null if there is none
 * @param undoneRunId the run that is undone; null if this is not an undo
 * @param withMemberships whether an undo also restores memberships
 */
public record RunOptions(
        ColumnChoice columns,
        boolean dryRun,
        @Nullable Long planId,
        @Nullable Long transferAdminTo,
        @Nullable Long undoneRunId,
        boolean withMemberships) {

    /** As on the command line, with a blank in front of each; empty if there are none. */
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
        if (columns.noHeader()) {
            words.add("--no-header");
        }
        String column = columns.column();
        if (column != null) {
            // The parser takes a separate word with a leading dash for an option.
            words.addAll(column.startsWith("-") ? List.of("--column=" + column) : List.of("--column", column));
        }
        if (columns.identifier() != null) {
            words.addAll(List.of("--identifier", columns.identifier().toString()));
        }
        if (withMemberships) {
            words.add("--with-memberships");
        }
        if (transferAdminTo != null) {
            words.addAll(List.of("--transfer-admin-to", transferAdminTo.toString()));
        }
        return words;
    }

    /** The options of a plan that a run with these options can be checked against. */
    RunOptions asPlan() {
        return new RunOptions(columns, true, null, transferAdminTo, undoneRunId, withMemberships);
    }
}
