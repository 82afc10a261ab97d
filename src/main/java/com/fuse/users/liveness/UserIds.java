package com.fuse.users.liveness;

/**
 * A range of user IDs.
 *
 * @param first inclusive
 * @param last inclusive
 */
public record UserIds(long first, long last) {

    boolean overlaps(UserIds others) {
        return first <= others.last && others.first <= last;
    }

    /** The IDs in both ranges, which overlap. */
    UserIds common(UserIds others) {
        return new UserIds(Math.max(first, others.first), Math.min(last, others.last));
    }
}
