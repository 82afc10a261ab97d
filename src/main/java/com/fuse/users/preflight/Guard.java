package com.fuse.users.preflight;

import com.fuse.users.run.request.GuardLimits;
import com.fuse.users.text.Counts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Objects to a run that would change suspiciously many users, as a wrong file or column may (contract, section 4). It
 * judges the whole command: several files of a folder pass only if one file of the same rows would.
 */
final class Guard {

    static final BigDecimal DEFAULT_MAX_PERCENT = BigDecimal.valueOf(20);

    /** The default percentage applies only to inputs that would change more users than this. */
    static final long DEFAULT_EXEMPT_USERS = 100;

    private Guard() {}

    /** The objection to the run, with a remedy; null if the run may go on. */
    static @Nullable String judge(Preview preview, GuardLimits limits) {
        if (preview.changes() == 0) {
            return null;
        }
        if (limits.maxUsers() != null && preview.changesOfCommand() > limits.maxUsers()) {
            return "%s would be deactivated%s, more than --max-users %s; check the input, or raise the limit"
                    .formatted(
                            Counts.of(preview.changesOfCommand(), "user"),
                            earlier(preview),
                            Counts.figure(limits.maxUsers()));
        }
        BigDecimal maxPercent = limits.maxPercent();
        if (maxPercent == null) {
            if (preview.changesOfCommand() <= DEFAULT_EXEMPT_USERS) {
                return null;
            }
            maxPercent = DEFAULT_MAX_PERCENT;
        }
        Share share = new Share(preview.changesOfCommand(), preview.activeAtStart());
        if (!share.isMoreThan(maxPercent)) {
            return null;
        }
        return "%s of %s would be deactivated%s (%s %%), more than %s %%; check the input, or raise --max-percent"
                .formatted(
                        Counts.figure(preview.changesOfCommand()),
                        Counts.of(preview.activeAtStart(), "active user"),
                        earlier(preview),
                        share.percent(),
                        maxPercent.stripTrailingZeros().toPlainString());
    }

    private static String earlier(Preview preview) {
        return preview.changedBefore() == 0
                ? ""
                : " by this command, %s of them by its earlier files".formatted(Counts.figure(preview.changedBefore()));
    }
}
