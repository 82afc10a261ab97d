package com.fuse.users.input;

import java.util.Arrays;

/** Refuses content that is not text in an encoding of single bytes, as it streams by. */
final class BinaryCheck {
    private static final int MAX_BYTES_OF_A_CHARACTER = 3;

    /** The reader refuses every record of such a line; refused here, the rest of it need not be looked at. */
    static final long LINE_BYTES = (long) MAX_BYTES_OF_A_CHARACTER * DecodedText.RECORD_CHARACTERS;

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final String name;
    private long position;
    private long lineStart;
    private long lineEnds;
    private boolean afterCarriageReturn;

    BinaryCheck(String name) {
        this.name = name;
    }

    /** @throws InputException where the content, of which {@code start} holds the first bytes, is a ZIP archive */
    void refuseArchive(byte[] start, int length) {
        if (length >= ZIP.length && Arrays.equals(start, 0, ZIP.length, ZIP, 0, ZIP.length)) {
            throw InputException.unreadable(
                    name,
                    1,
                    "this looks like an Excel workbook, not like a CSV; open it, save it as CSV and run again with that file.");
        }
    }

    /** @throws InputException where the first {@code length} bytes of {@code buffer} hold a NUL, or end a line too late */
    void accept(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            byte b = buffer[i];
            // Few bytes of a CSV are below the blank, so that most pass by this one comparison.
            if (b < ' ' && b >= 0) {
                if (b == '\r' || (b == '\n' && !afterCarriageReturn)) {
                    lineEnds++;
                    lineStart = position + i + 1;
                } else if (b == 0) {
                    throw InputException.unreadable(
                            name,
                            lineEnds + 1,
                            "there is a NUL byte, so this is a binary file, not a CSV; save it as CSV in UTF-8 and run again.");
                }
            }
            afterCarriageReturn = b == '\r';
        }
        position += length;
        if (position - lineStart > LINE_BYTES) {
            throw InputException.unreadable(
                    name,
                    lineEnds + 1,
                    "the line has no end within " + LINE_BYTES
                            + " bytes, so this is not a CSV of users; save it as CSV and run again.");
        }
    }
}
