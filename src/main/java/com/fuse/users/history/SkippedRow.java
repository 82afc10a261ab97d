package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A skipped row; long texts are cut.
 *
 * @param userId the user that the row names, whether it exists or not; null if the row has no ID and no user was found
 * @param communityIds the first communities that the user is an admin of, ascending
 * @param moreCommunities how many other communities there are
 */
public record SkippedRow(
        long line,
        String input,
        @Nullable Long userId,
        Outcome outcome,
        List<Long> communityIds,
        long moreCommunities,
        @Nullable String message) {}
