package com.fuse.users.csv;

import com.fuse.users.input.LineCounter;
import org.jspecify.annotations.Nullable;

/** Blanks that spreadsheets and web pages leave around a value. {@link String#strip} does not know all of them. */
final class Blanks {
    private Blanks() {}

    /** {@code text} without leading and trailing blanks. Line ends are content, not blanks. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Whether the field of a record holds nothing, only blanks, or only the control character that ends a file. */
    static boolean areAll(@Nullable String field) {
        return field == null || isEndOfFile(field) || trim(field).isEmpty();
    }

    /** Whether the field holds only the control character that ends a file. */
    static boolean isEndOfFile(String field) {
        return !field.isEmpty() && field.chars().allMatch(c -> c == LineCounter.END_OF_FILE);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || (c > '\u007f' && (c == '\ufeff' || Character.isSpaceChar(c)));
    }
}
