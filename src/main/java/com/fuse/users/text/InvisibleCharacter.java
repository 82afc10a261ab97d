package com.fuse.users.text;

/**
 * Characters without a glyph of their own, which a terminal may act on, or which make a text look like another one:
 * control and format characters, unpaired surrogates, line and paragraph separators, blanks other than the space, and
 * letters and marks that Unicode calls ignorable.
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
            case Character.SPACE_SEPARATOR -> codePoint != ' ';
            default -> isIgnorable(codePoint);
        };
    }

    /** The code points that are ignorable by default, of the types that also have visible characters. */
    private static boolean isIgnorable(int codePoint) {
        return switch (codePoint) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0 -> true;
            default ->
                codePoint >= 0x180B && codePoint <= 0x180F
                        || codePoint >= 0xFE00 && codePoint <= 0xFE0F
                        || codePoint >= 0xE0100 && codePoint <= 0xE01EF;
        };
    }
}
