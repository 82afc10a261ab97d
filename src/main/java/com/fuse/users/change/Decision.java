package com.fuse.users.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a user, and why.
 *
 * @param change whether the user is to be changed; false where the outcome alone is recorded
 * @param communityIds the communities that stand in the way, or were handed over, ascending; empty if none
 * @param message what the report says; null if the outcome says it all
 */
public record Decision(
        Target target,
        Outcome outcome,
        boolean change,
        List<Long> communityIds,
        @Nullable String message) {

    /** The user is changed as asked. */
    public static Decision change(Target target, Outcome outcome) {
        return new Decision(target, outcome, true, List.of(), null);
    }

    /** The user is changed as asked, and these communities with them. */
    public static Decision change(Target target, Outcome outcome, String message, List<Long> communityIds) {
        return new Decision(target, outcome, true, communityIds, message);
    }

    /** There is no such user. */
    public static Decision notFound(Target target) {
        return keep(target, Outcome.NOT_FOUND, "there is no user " + target.userId());
    }

    /** The user stays as they are. */
    public static Decision keep(Target target, Outcome outcome, String message) {
        return new Decision(target, outcome, false, List.of(), message);
    }

    /** The user stays as they are, because of these communities. */
    public static Decision keep(Target target, Outcome outcome, String message, List<Long> communityIds) {
        return new Decision(target, outcome, false, communityIds, message);
    }
}
