package com.fuse.users.input;

/** A character that shows by what it does to others alone, or makes them read otherwise than they are. */
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
