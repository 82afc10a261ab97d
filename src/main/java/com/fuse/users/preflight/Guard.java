package com.fuse.users.preflight;

import com.fuse.users.run.GuardLimits;
import com.fuse.users.text.Counts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Objects to a run that would change suspiciously many users, as a wrong file or column may (contract, section 4). */
final class Guard {

    static final BigDecimal DEFAULT_MAX_PERCENT = BigDecimal.valueOf(20);

    /** The default percentage applies only to inputs that would change more users than this. */
    static final long DEFAULT_EXEMPT_USERS = 100;

    private Guard() {}

    /** The objection to the run, with a remedy; null if the run may go on. */
    static @Nullable String judge(Preview preview, GuardLimits limits) {
        if (limits.maxUsers() != null && preview.changes() > limits.maxUsers()) {
            return "%s would be deactivated, more than --max-users %s; check the input, or raise the limit"
                    .formatted(Counts.of(preview.changes(), "user"), Counts.figure(limits.maxUsers()));
        }
        BigDecimal maxPercent = limits.maxPercent();
        if (maxPercent == null) {
            if (preview.changes() <= DEFAULT_EXEMPT_USERS) {
                return null;
            }
            maxPercent = DEFAULT_MAX_PERCENT;
        }
        Share share = new Share(preview.changes(), preview.activeUsers());
        if (!share.isMoreThan(maxPercent)) {
            return null;
        }
        return "%s of %s would be deactivated (%s %%), more than %s %%; check the input, or raise --max-percent"
                .formatted(
                        Counts.figure(preview.changes()),
                        Counts.of(preview.activeUsers(), "active user"),
                        share.percent(),
                        maxPercent.stripTrailingZeros().toPlainString());
    }
}
