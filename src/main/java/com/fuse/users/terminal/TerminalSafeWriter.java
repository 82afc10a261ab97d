package com.fuse.users.terminal;

import java.io.IOException;
import java.io.Writer;

/** Writes text to a terminal without the characters that the terminal would act on. */
final class TerminalSafeWriter extends Writer {

    private final Writer terminal;
    private final StringBuilder pending = new StringBuilder();

    TerminalSafeWriter(Writer terminal) {
        this.terminal = terminal;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        pending.append(text, offset, length);
        int end = pending.length();
        // The second half of a surrogate pair comes with the next call, and only both tell which character it is.
        if (end > 0 && Character.isHighSurrogate(pending.charAt(end - 1))) {
            end--;
        }
        terminal.write(Console.printable(pending.substring(0, end)));
        pending.delete(0, end);
    }

    @Override
    public void flush() throws IOException {
        terminal.flush();
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
