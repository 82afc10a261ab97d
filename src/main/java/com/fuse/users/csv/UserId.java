package com.fuse.users.csv;

import com.fuse.users.text.Excerpt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The only accepted spelling of a user ID. The program never guesses what another spelling means. */
final class UserId {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private UserId() {}

    /** The ID that {@code text} spells in ASCII digits, with leading zeros or not; null if it is not 1 to 2^63 - 1. */
    static @Nullable Long parse(String text) {
        if (!isDigits(text)) {
            return null;
        }
        try {
            long id = Long.parseLong(text);
            return id == 0 ? null : id;
        } catch (NumberFormatException e) {
            return null; // above 2^63 - 1
        }
    }

    /** Whether {@code text} consists of one or more ASCII digits. */
    static boolean isDigits(String text) {
        return DIGITS.matcher(text).matches();
    }

    /** Why {@code text} is no user ID and what to do, to be read after "user ID". */
    static String problem(String text) {
        String reason = isDigits(text)
                ? text.chars().allMatch(digit -> digit == '0') ? "is not above 0" : "has too many digits"
                : "does not consist of the digits 0 to 9 alone";
        return Excerpt.quoted(text) + " " + reason + "; correct it and run again.";
    }
}
