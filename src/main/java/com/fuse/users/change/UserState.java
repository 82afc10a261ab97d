package com.fuse.users.change;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision about a user rests on, as it stands in the chunk's transaction.
 *
 * @param deactivatedAt null exactly if the user is active
 * @param adminOf the IDs of the communities of which the user is admin, ascending
 */
public record UserState(
        long userId, boolean active, @Nullable Instant deactivatedAt, List<Long> adminOf) {}
