package com.fuse.users.text;

import java.util.List;
import java.util.stream.Collectors;

/** Shortens content of the input for messages and reports. */
public final class Excerpt {
    private static final int MESSAGE_CHARACTERS = 40;
    private static final int KEPT_CHARACTERS = 256;
    private static final int COLUMNS = 10;
    private static final String ELLIPSIS = "…";

    private Excerpt() {}

    /** At most 40 characters of {@code value} in quotes, with invisible characters as codes. */
    public static String quoted(String value) {
        return "'" + visible(value, MESSAGE_CHARACTERS) + "'";
    }

    /** At most this many characters of {@code value}, with invisible characters as codes. */
    public static String visible(String value, int most) {
        if (value.length() <= most || value.codePointCount(0, value.length()) <= most) {
            return VisibleText.of(value);
        }
        return VisibleText.of(value.substring(0, value.offsetByCodePoints(0, most))) + ELLIPSIS;
    }

    /** {@code value}, or its first 256 characters and an ellipsis if it is longer. */
    public static String kept(String value) {
        if (value.length() <= KEPT_CHARACTERS) {
            return value;
        }
        boolean splitsPair = Character.isHighSurrogate(value.charAt(KEPT_CHARACTERS - 1));
        return value.substring(0, splitsPair ? KEPT_CHARACTERS - 1 : KEPT_CHARACTERS) + ELLIPSIS;
    }

    /** The names of the first ten {@code columns}, in quotes. */
    public static String columns(List<String> columns) {
        String names = columns.stream().limit(COLUMNS).map(Excerpt::quoted).collect(Collectors.joining(", "));
        return columns.size() <= COLUMNS ? names : names + ELLIPSIS + " (" + columns.size() + " in all)";
    }
}
