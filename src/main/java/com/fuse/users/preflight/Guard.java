package com.fuse.users.preflight;

import com.fuse.users.run.GuardLimits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Stops a run that would change suspiciously many users: a wrong file, or a wrong column (contract, section 4). */
final class Guard {

    static final BigDecimal DEFAULT_MAX_PERCENT = BigDecimal.valueOf(20);

    /** The default percentage judges only inputs that would change more users than this. */
    static final long DEFAULT_EXEMPT_USERS = 100;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Guard() {}

    /** Why the run must not go on, and what to do; null if it may. */
    static @Nullable String judge(Preview preview, GuardLimits limits) {
        if (limits.maxUsers() != null && preview.changes() > limits.maxUsers()) {
            return String.format(
                    Locale.ROOT,
                    "%,d users would be deactivated, more than --max-users %,d; check the input, or raise the limit",
                    preview.changes(),
                    limits.maxUsers());
        }
        BigDecimal maxPercent = limits.maxPercent();
        if (maxPercent == null) {
            if (preview.changes() <= DEFAULT_EXEMPT_USERS) {
                return null;
            }
            maxPercent = DEFAULT_MAX_PERCENT;
        }
        BigDecimal changes = BigDecimal.valueOf(preview.changes()).multiply(HUNDRED);
        BigDecimal allowed = BigDecimal.valueOf(preview.activeUsers()).multiply(maxPercent);
        if (changes.compareTo(allowed) <= 0) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "%,d of %,d active users would be deactivated (%s %%), more than %s %%; check the input, or raise"
                        + " --max-percent",
                preview.changes(),
                preview.activeUsers(),
                changes.divide(BigDecimal.valueOf(Math.max(1, preview.activeUsers())), 1, RoundingMode.HALF_UP),
                maxPercent.stripTrailingZeros().toPlainString());
    }
}
