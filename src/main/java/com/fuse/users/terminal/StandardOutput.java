package com.fuse.users.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@link System#out} for a long result, which must not go on, nor seem whole, where it can no longer be written. */
public final class StandardOutput extends OutputStream {

    private static final Path LINUX_LINK = Path.of("/proc/self/fd/1");

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

    /** Flushes too. That stream remembers its failure and keeps the reason to itself. */
    private void check() throws IOException {
        if (out.checkError()) {
            throw new IOException("it is closed, or its disk is full");
        }
    }

    /**
     * Whether it leads to a terminal. {@link System#console()} does not tell where standard input is redirected: it
     * stands for both.
     */
    public static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(LINUX_LINK).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether it leads to a program or a person, and not to a file: then it fails because nobody reads it any more. */
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
