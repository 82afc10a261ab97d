package com.fuse.users.terminal;

import com.fuse.users.text.InvisibleCharacter;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Prints results on standard output and everything else on standard error. Invisible characters, which the input may
 * contain, are printed as '?', so that a terminal cannot act on them.
 */
public final class Console {

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
     * A writer for a result of any length. On a terminal, it replaces invisible characters; a file or a program gets
     * the text unchanged. The caller must flush the writer and must not close it.
     *
     * @see StandardOutput
     */
    public Writer results() {
        Writer writer = new BufferedWriter(new OutputStreamWriter(new StandardOutput(), StandardCharsets.UTF_8));
        return Terminal.isOutput() ? new TerminalSafeWriter(writer) : writer;
    }

    /** Prints a line that is not a result. */
    public void note(String line) {
        err.println(printable(oneLine(line)));
    }

    /** Asks a question and returns the answer; null without a terminal and at the end of input. */
    @Nullable
    @SuppressWarnings("SystemConsoleNull") // Terminal makes it null where there is no terminal.
    public String ask(String question) {
        java.io.Console terminal = System.console();
        return terminal == null ? null : terminal.readLine("%s ", printable(question));
    }

    /** The text as one line: line feeds become '?'. */
    public static String oneLine(String text) {
        return text.replace('\n', '?');
    }

    /** The text with each invisible character except line feeds as '?'. */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c != '\n' && InvisibleCharacter.is(c) ? '?' : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
