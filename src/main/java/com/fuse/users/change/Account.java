package com.fuse.users.change;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's account, as it stands in the chunk's transaction.
 *
 * @param deactivatedAt null exactly if the user is active
 * @param personalDataRemovedAt null as long as the account has its personal data
 */
public record Account(
        long userId,
        boolean active,
        Instant createdAt,
        @Nullable Instant deactivatedAt,
        @Nullable Instant personalDataRemovedAt) {}
