package com.fuse.users.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether the process is connected to a terminal. */
public final class Terminal {

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    static {
        // Without this, Java 22 to 24 have a System.console() even where there is no terminal.
        System.setProperty("jdk.console", "java.base");
    }

    private Terminal() {}

    /** Whether standard input and standard output are a terminal, so that a person can be asked. */
    @SuppressWarnings("SystemConsoleNull") // The property above makes it null where there is no terminal.
    public static boolean isInteractive() {
        return System.console() != null;
    }

    /**
     * Whether standard output is a terminal. Where standard input is redirected, only Linux can tell; elsewhere the
     * answer is no.
     */
    static boolean isOutput() {
        return isInteractive() || isTerminal(STANDARD_OUTPUT);
    }

    private static boolean isTerminal(Path fileDescriptor) {
        try {
            String target = Files.readSymbolicLink(fileDescriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
