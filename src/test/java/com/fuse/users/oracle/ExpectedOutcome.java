package com.fuse.users.oracle;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a row that the oracle expects.
 *
 * @param input the row as the report shows it
 * @param userId null if the row names no known user
 * @param outcome by the contract's name
 * @param communityIds the communities that prevent the deactivation, or were handed over, ascending
 * @param named the words that the message must contain; empty if there must be no message
 * @param isChange whether the run changes the user
 */
public record ExpectedOutcome(
        String input,
        @Nullable Long userId,
        String outcome,
        List<Long> communityIds,
        List<Object> named,
        boolean isChange) {

    /** "Skip: a row with an outcome that did not do what was asked" (contract, section 6). */
    private static final Set<String> NO_SKIPS =
            Set.of("DEACTIVATED", "REACTIVATED", "REISSUED", "ALREADY_INACTIVE", "ALREADY_ACTIVE");

    private static final Set<String> CHANGES = Set.of("DEACTIVATED", "REACTIVATED", "REISSUED");

    /** The user is changed exactly if the outcome says so. */
    public ExpectedOutcome(
            String input, @Nullable Long userId, String outcome, List<Long> communityIds, List<Object> named) {
        this(input, userId, outcome, communityIds, named, CHANGES.contains(outcome));
    }

    public boolean isSkip() {
        return !NO_SKIPS.contains(outcome);
    }
}
