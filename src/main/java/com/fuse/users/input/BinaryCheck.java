package com.fuse.users.input;

import java.util.Arrays;

/** Refuses content that is not text in an encoding of single bytes, as it streams by. */
final class BinaryCheck {
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final String name;
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

    /** @throws InputException where the first {@code length} bytes of {@code buffer} hold a NUL */
    void accept(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            byte b = buffer[i];
            // Few bytes of a CSV are below the blank, so that most pass by this one comparison.
            if (b < ' ' && b >= 0) {
                if (b == '\r' || (b == '\n' && !afterCarriageReturn)) {
                    lineEnds++;
                } else if (b == 0) {
                    throw InputException.unreadable(
                            name,
                            lineEnds + 1,
                            "there is a NUL byte, so this is a binary file, not a CSV; save it as CSV in UTF-8 and run again.");
                }
            }
            afterCarriageReturn = b == '\r';
        }
    }
}
