package com.fuse.users.input;

/** Refuses content that is not text in an encoding of single bytes, while it is read. */
final class BinaryCheck {
    private static final int MAX_BYTES_OF_A_CHARACTER = 3;

    /** {@link DecodedText} refuses every record of such a line; this check refuses it without reading the rest. */
    static final long LINE_BYTES = (long) MAX_BYTES_OF_A_CHARACTER * DecodedText.RECORD_CHARACTERS;

    private final String name;
    private final LineCounter lines = new LineCounter();
    private long position;
    private long lineStart;

    BinaryCheck(String name) {
        this.name = name;
    }

    /** @throws InputException if the first {@code length} bytes of {@code buffer} contain a NUL or end a line too late */
    void accept(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            if (lines.accept(buffer[i])) {
                lineStart = position + i + 1;
            } else if (buffer[i] == 0) {
                throw InputException.unreadable(
                        name,
                        lines.line(),
                        "there is a NUL byte, so this is a binary file, not a CSV; save it as CSV in UTF-8 and run again.");
            }
        }
        position += length;
        if (position - lineStart > LINE_BYTES) {
            throw InputException.unreadable(
                    name,
                    lines.line(),
                    "the line has no end within " + LINE_BYTES
                            + " bytes, so this is not a CSV of users; save it as CSV and run again.");
        }
    }
}
