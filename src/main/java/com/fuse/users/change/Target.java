package com.fuse.users.change;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user whom the input names, there or not.
 *
 * @param line the first line that does
 * @param successorId who is to take the user's admin roles over; null if nobody is
 */
public record Target(long userId, long line, @Nullable Long successorId) {

    /** The IDs of the users, in the order of the targets. */
    public static List<Long> userIds(Collection<? extends Target> targets) {
        return targets.stream().map(Target::userId).toList();
    }
}
