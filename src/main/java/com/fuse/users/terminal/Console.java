package com.fuse.users.terminal;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees: results on standard output, everything else on standard error. Control characters, which
 * input may hold, never reach the terminal raw.
 */
public final class Console {

    /** Control characters, and those that make text read otherwise than it is, such as right-to-left overrides. */
    private static final Set<Integer> HIDDEN = Set.of((int) Character.CONTROL, (int) Character.FORMAT);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    /** Prints a result. */
    public void print(String text) {
        out.print(printable(text));
        out.flush();
    }

    /** Prints a line of a result. */
    public void println(String line) {
        print(oneLine(line) + "\n");
    }

    /**
     * Takes a result of any length, which a program reads as it is. Must be flushed, not closed.
     *
     * @see StandardOutput
     */
    public Writer results() {
        Writer writer = new BufferedWriter(new OutputStreamWriter(new StandardOutput(), StandardCharsets.UTF_8));
        return isTerminal() || StandardOutput.isTerminal() ? new HarmlessWriter(writer) : writer;
    }

    /** Prints a line that is no result. */
    public void note(String line) {
        err.println(printable(oneLine(line)));
    }

    /** Whether somebody sits there who can answer. */
    public boolean isTerminal() {
        java.io.Console terminal = System.console();
        return terminal != null && isTerminal(terminal);
    }

    /** Asks; null at the end of input. */
    @Nullable
    public String ask(String question) {
        java.io.Console terminal = System.console();
        return terminal == null ? null : terminal.readLine("%s ", printable(question));
    }

    /** From Java 22 on there is a console even where there is no terminal, and a method that tells. */
    private static boolean isTerminal(java.io.Console terminal) {
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(terminal);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** A line as one line, whatever the names in it hold. */
    public static String oneLine(String line) {
        return line.replace('\n', '?');
    }

    /** The text without the characters that a terminal would act on, other than line feeds. */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c != '\n' && HIDDEN.contains(Character.getType(c)) ? '?' : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
