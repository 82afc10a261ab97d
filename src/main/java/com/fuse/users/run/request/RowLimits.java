package com.fuse.users.run.request;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the operator expects of the rows of an input (contract, sections 4 and 5).
 *
 * @param expectRows the number of rows; null if none is expected
 * @param maxBadPercent the percentage of rows that may be malformed or contradict themselves
 */
public record RowLimits(@Nullable Long expectRows, BigDecimal maxBadPercent) {

    /** The percentage without an option: a tenth. */
    public static final BigDecimal DEFAULT_MAX_BAD_PERCENT = BigDecimal.TEN;

    /** The limits without options. */
    public static final RowLimits DEFAULT = new RowLimits(null, DEFAULT_MAX_BAD_PERCENT);
}
