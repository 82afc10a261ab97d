package com.fuse.users.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** {@link System#out} for long results: it fails on a write error instead of hiding it. */
public final class StandardOutput extends OutputStream {

    private final PrintStream out = System.out;

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        check();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        check();
    }

    @Override
    public void flush() throws IOException {
        check();
    }

    /** Flushes too. {@link PrintStream} remembers only that there was an error, not its cause. */
    private void check() throws IOException {
        if (out.checkError()) {
            throw new IOException("it is closed, or its disk is full");
        }
    }

    /**
     * Whether standard output is a pipe or a terminal. A write to it fails only if its reader is gone, which is no
     * error for a command such as {@code head}; a write to a file fails because the disk is full.
     */
    @SuppressWarnings("resource") // Closing the channel would close standard output.
    public static boolean hasReader() {
        try {
            new FileOutputStream(FileDescriptor.out).getChannel().position();
            return false;
        } catch (IOException e) {
            // Only files have a position.
            return true;
        }
    }
}
