package com.fuse.users.text;

import org.jspecify.annotations.Nullable;

/** Shows the characters of a value that a reader cannot see, because such a value looks like another one. */
public final class InvisibleText {
    private static final int SHOWN_CHARACTERS = 100;

    private InvisibleText() {}

    /**
     * The value with its invisible characters as codes, and where the first one is; null if it has none. Such as {@code
     * ‹U+200B›anna (U+200B at position 1)}.
     */
    public static @Nullable String shown(String value) {
        int first = first(value);
        if (first < 0) {
            return null;
        }
        int position = value.codePointCount(0, first) + 1;
        return Excerpt.visible(value, SHOWN_CHARACTERS)
                + " (%s at position %d)".formatted(VisibleText.code(value.codePointAt(first)), position);
    }

    private static int first(String value) {
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            if (InvisibleCharacter.is(value.codePointAt(i))) {
                return i;
            }
        }
        return -1;
    }
}
