package com.fuse.users.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command does to the users whom it is to change, set-based.
 *
 * @param updateAccount the assignments to the users' rows in {@code public.users}, with {@code :now} for the run's
 *     clock; null if the accounts stay as they are
 * @param steps in the order in which they are reported
 */
public record Change(@Nullable String updateAccount, List<Step> steps) {

    /** The steps that delete. */
    public List<Deletion> deletions() {
        return stepsOf(Deletion.class);
    }

    /** The steps that add. */
    public List<Insertion> insertions() {
        return stepsOf(Insertion.class);
    }

    private <T extends Step> List<T> stepsOf(Class<T> type) {
        return steps.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
