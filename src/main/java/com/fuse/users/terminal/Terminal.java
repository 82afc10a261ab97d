package com.fuse.users.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.StandardEnvironment;

/**
 * The terminal from which the process was started. A person can be asked on it even while standard input and output
 * are redirected.
 */
public final class Terminal {

    /** Names another device, or with an empty value none. Tests need it, because their JVM may have a terminal. */
    public static final String SETTING = "fuse-users.terminal";

    private static final String DEVICE = "/dev/tty";
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
    private static final Path PROCESS = Path.of("/proc/self/stat");

    static {
        // Without this, Java 22 to 24 have a System.console() even where there is no terminal.
        System.setProperty("jdk.console", "java.base");
    }

    private Terminal() {}

    /** Whether standard input and standard output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // The property above makes it null where there is no terminal.
    static boolean isInteractive() {
        return System.console() != null;
    }

    /**
     * Whether standard output is a terminal. Where standard input is redirected, only Linux can tell; elsewhere the
     * answer is no.
     */
    static boolean isOutput() {
        return isInteractive() || isTerminal(STANDARD_OUTPUT);
    }

    /** Whether a person can be asked. */
    public static boolean canAsk() {
        return isInteractive() || Files.isWritable(Path.of(device())) && isInForeground();
    }

    /** Shows the text, and returns the line that a person types; null if there is none. */
    @SuppressWarnings("SystemConsoleNull") // The property above makes it null where there is no terminal.
    static @Nullable String ask(String text) {
        Console console = System.console();
        if (console != null) {
            return console.readLine("%s", text);
        }
        try (Writer screen = new FileWriter(device(), Charset.defaultCharset());
                BufferedReader keyboard = new BufferedReader(new FileReader(device(), Charset.defaultCharset()))) {
            screen.write(text);
            screen.flush();
            return keyboard.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    private static String device() {
        return new StandardEnvironment().getProperty(SETTING, DEVICE);
    }

    /** The terminal suspends a background process that reads from it. Only Linux can tell before. */
    private static boolean isInForeground() {
        try {
            String status = Files.readString(PROCESS);
            List<String> fields =
                    List.of(status.substring(status.lastIndexOf(')') + 2).split(" "));
            String processGroup = fields.get(2);
            String groupInForeground = fields.get(5);
            return processGroup.equals(groupInForeground);
        } catch (IOException e) {
            return true;
        }
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
