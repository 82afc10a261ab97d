package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that somebody has to look at, cut short where it is long.
 *
 * @param userId the user named, known or not; null where the row names nobody by ID and no user was found
 * @param communityIds the first communities that stand in the way, ascending
 * @param moreCommunities how many others there are
 */
public record SkippedRow(
        long line,
        String input,
        @Nullable Long userId,
        Outcome outcome,
        List<Long> communityIds,
        long moreCommunities,
        @Nullable String message) {}
