package com.fuse.users.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text for people, with the codes of characters that have no glyph or that reorder other text. */
public final class VisibleText {

    private VisibleText() {}

    /** The text, with {@code ‹U+202E›} in the place of such a character; empty if it is null. */
    public static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (InvisibleCharacter.is(c)) {
                visible.append('‹').append(code(c)).append('›');
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** The code of a character, such as {@code U+202E}. */
    public static String code(int codePoint) {
        return String.format(Locale.ROOT, "U+%04X", codePoint);
    }
}
