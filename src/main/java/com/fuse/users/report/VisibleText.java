package com.fuse.users.report;

import com.fuse.users.text.InvisibleCharacter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text for the page, with the codes of characters that a browser hides or that reorder other text. */
final class VisibleText {

    private VisibleText() {}

    /** The text, with {@code ‹U+202E›} in the place of such a character; empty if it is null. */
    static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (InvisibleCharacter.is(c)) {
                visible.append(String.format(Locale.ROOT, "‹U+%04X›", c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }
}
