package com.fuse.users.report;

import com.fuse.users.text.InvisibleCharacter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text as people are shown it: what would be acted on, or make other text read otherwise than it is, by its number. */
final class VisibleText {

    private VisibleText() {}

    /** The text; control and format characters as in {@code ‹U+202E›}. */
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
