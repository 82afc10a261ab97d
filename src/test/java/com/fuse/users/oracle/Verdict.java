package com.fuse.users.oracle;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a row.
 *
 * @param input the row as the report shows it
 * @param userId null where the row names nobody who is known
 * @param outcome by the contract's name
 * @param communityIds the communities that stand in the way, or were handed over, ascending
 * @param named what the message has to name, each as a word of its own; empty where there is to be no message
 */
public record Verdict(
        String input, @Nullable Long userId, String outcome, List<Long> communityIds, List<Object> named) {

    /** "Skip: a row with an outcome that did not do what was asked" (contract, section 6). */
    private static final Set<String> NO_SKIPS =
            Set.of("DEACTIVATED", "REACTIVATED", "REISSUED", "ALREADY_INACTIVE", "ALREADY_ACTIVE");

    private static final Set<String> CHANGES = Set.of("DEACTIVATED", "REACTIVATED", "REISSUED");

    public boolean isSkip() {
        return !NO_SKIPS.contains(outcome);
    }

    /** Whether the user is changed as asked. */
    public boolean isChange() {
        return CHANGES.contains(outcome);
    }
}
