package com.fuse.users.input;

import org.jspecify.annotations.Nullable;

/** The one spelling of a user ID that is accepted. Whatever else could be read as a number is never guessed at. */
final class UserId {
    private static final String LARGEST = Long.toString(Long.MAX_VALUE);

    private UserId() {}

    /** The ID that {@code text} spells in ASCII digits, leading zeros allowed, or null where it is not 1 to 2^63 - 1. */
    static @Nullable Long parse(String text) {
        if (!isDigits(text)) {
            return null;
        }
        int start = 0;
        while (start < text.length() && text.charAt(start) == '0') {
            start++;
        }
        int digits = text.length() - start;
        if (digits == 0 || digits > LARGEST.length()) {
            return null;
        }
        if (digits == LARGEST.length() && text.substring(start).compareTo(LARGEST) > 0) {
            return null;
        }
        return Long.parseLong(text, start, text.length(), 10);
    }

    /** Whether {@code text} is one ASCII digit or more and nothing else. */
    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
