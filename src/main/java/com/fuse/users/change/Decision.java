package com.fuse.users.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision on one user, with its reason.
 *
 * @param change whether the user is to be changed; false if only the outcome is recorded
 * @param communityIds the IDs of the communities that prevent the change or are handed over, ascending; empty if none
 * @param message the text in the report; null if the outcome says it all
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
