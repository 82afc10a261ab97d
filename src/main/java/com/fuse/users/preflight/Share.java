package com.fuse.users.preflight;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** So many of {@code whole}, compared with a percentage without rounding. */
record Share(long part, long whole) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    boolean isMoreThan(BigDecimal percent) {
        return hundredfold().compareTo(BigDecimal.valueOf(whole).multiply(percent)) > 0;
    }

    /** For people, with one decimal. */
    BigDecimal percent() {
        return hundredfold().divide(BigDecimal.valueOf(Math.max(1, whole)), 1, RoundingMode.HALF_UP);
    }

    private BigDecimal hundredfold() {
        return BigDecimal.valueOf(part).multiply(HUNDRED);
    }
}
