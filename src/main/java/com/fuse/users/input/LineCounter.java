package com.fuse.users.input;

/** Counts lines as their characters, or the bytes of such an encoding, go by. CR, LF and CRLF end a line. */
final class LineCounter {
    private long ended;
    private boolean afterCarriageReturn;
    private boolean withinLine;

    /** Takes the next character and returns whether it ends a line. */
    boolean accept(int character) {
        boolean ends = character == '\r' || (character == '\n' && !afterCarriageReturn);
        afterCarriageReturn = character == '\r';
        withinLine = character != '\r' && character != '\n' && character != CsvRecords.END_OF_FILE;
        if (ends) {
            ended++;
        }
        return ends;
    }

    /** The 1-based line of the next character. */
    long line() {
        return ended + 1;
    }

    /** Whether the last character did not belong to a line end. */
    boolean isWithinLine() {
        return withinLine;
    }
}
