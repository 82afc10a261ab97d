package com.fuse.users.report;

import com.fuse.users.change.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the input with its outcome, as the report files show it.
 *
 * @param userId the user named, known or not; null where the row names nobody by ID and no user was found
 * @param successor who was to take the user's admin roles over, as the row has it; null if it names nobody
 * @param plannedOutcome what the plan said to which the run is held; null if it is held to none
 * @param removedCommunityIds the communities that the user was removed from, ascending, a space between two; null if
 *     the change is not one that removes
 */
record OutcomeRow(
        long line,
        String input,
        @Nullable Long userId,
        @Nullable String successor,
        Outcome outcome,
        @Nullable Outcome plannedOutcome,
        List<Long> communityIds,
        @Nullable String message,
        @Nullable String removedCommunityIds) {}
