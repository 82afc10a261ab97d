package com.fuse.users.change;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user whom the input names, whether or not the user exists.
 *
 * @param line the first line that names the user
 * @param successorId the user who takes over the admin roles of this user; null if none
 */
public record Target(long userId, long line, @Nullable Long successorId) {

    /** The IDs of the users, in the order of the targets. */
    public static List<Long> userIds(Collection<? extends Target> targets) {
        return targets.stream().map(Target::userId).toList();
    }
}
