package com.fuse.users.text;

/**
 * Characters without a glyph, which a terminal may act on or which change how the text around them reads: control and
 * format characters, unpaired surrogates, and line and paragraph separators.
 */
public final class InvisibleCharacter {

    private InvisibleCharacter() {}

    /** Whether the code point is an invisible character. */
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
