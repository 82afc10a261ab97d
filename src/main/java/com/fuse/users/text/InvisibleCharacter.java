package com.fuse.users.text;

/** Control and formatting characters, which have no glyph of their own, and separators of lines and paragraphs. */
public final class InvisibleCharacter {

    private InvisibleCharacter() {}

    /** Whether the code point is one: control, format, half of a pair, or separator of lines or paragraphs. */
    public static boolean is(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
