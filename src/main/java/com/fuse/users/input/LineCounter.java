package com.fuse.users.input;

/** Counts lines as their characters, or the bytes of such an encoding, go by. CR, LF and CRLF end a line. */
public final class LineCounter {
    /** Systems of old end a file with this control character once or many times, which may stand on a line of its own. */
    public static final char END_OF_FILE = '\u001a';

    private long ended;
    private boolean afterCarriageReturn;
    private boolean withinLine;

    /** Takes the next character and returns whether it ends a line. */
    public boolean accept(int character) {
        boolean ends = character == '\r' || (character == '\n' && !afterCarriageReturn);
        afterCarriageReturn = character == '\r';
        withinLine = character != '\r' && character != '\n' && character != END_OF_FILE;
        if (ends) {
            ended++;
        }
        return ends;
    }

    /** The 1-based line of the next character. */
    public long line() {
        return ended + 1;
    }

    /** Whether the last character did not belong to a line end. */
    public boolean isWithinLine() {
        return withinLine;
    }
}
