package com.fuse.users.oracle;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that the cells of an input spell (contract, section 5). */
final class Cells {

    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0");

    private Cells() {}

    /** "Surrounding blanks and no-break spaces are trimmed." */
    static String trim(String cell) {
        return cell.replaceAll("^[ \\t\\u00a0]+|[ \\t\\u00a0]+$", "");
    }

    /** "A decimal number of ASCII digits from 1 to 9223372036854775807. Leading zeros are allowed." */
    static @Nullable Long userId(String value) {
        if (!value.matches("[0-9]+")) {
            return null;
        }
        BigInteger number = new BigInteger(value);
        boolean inRange = number.signum() > 0 && number.compareTo(BigInteger.valueOf(Long.MAX_VALUE)) <= 0;
        return inRange ? number.longValueExact() : null;
    }

    /** Whether the value of a column {@code active} says yes or no; null if it says neither. */
    static @Nullable Boolean state(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        return TRUE.contains(word) ? Boolean.TRUE : FALSE.contains(word) ? Boolean.FALSE : null;
    }
}
