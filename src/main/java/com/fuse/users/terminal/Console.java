package com.fuse.users.terminal;

import com.fuse.users.text.InvisibleCharacter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.io.output.WriterOutputStream;

/**
 * Prints results on standard output and everything else on standard error. Invisible characters, which the input may
 * contain, are printed as '?', so that a terminal cannot act on them.
 */
public final class Console {

    private static final Set<String> YES = Set.of("y", "yes");

    private final PrintStream programs = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    private PrintStream out = programs;

    /** From now on, standard output is only for {@link #printToProgram}; everything else goes to standard error. */
    public void reserveOutput() {
        out = err;
    }

    /** Prints a result for a program on standard output. */
    public void printToProgram(String text) {
        programs.print(printable(text));
        programs.flush();
    }

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
     * A stream for a result of any length, in UTF-8. On a terminal, it replaces invisible characters; a file or a program
     * gets the bytes unchanged. The caller must flush the stream and must not close it.
     *
     * @see StandardOutput
     */
    public OutputStream results() throws IOException {
        OutputStream stream = new BufferedOutputStream(new StandardOutput());
        if (!Terminal.isOutput()) {
            return stream;
        }
        return WriterOutputStream.builder()
                .setWriter(new TerminalSafeWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)))
                .setCharset(StandardCharsets.UTF_8)
                .get();
    }

    /** Prints a line that is not a result. */
    public void note(String line) {
        err.println(printable(oneLine(line)));
    }

    /**
     * Asks on the terminal, even if output and input are redirected. Only y and yes confirm; without a terminal or at the
     * end of input, the answer is no.
     *
     * @param details what the operator needs to know for the answer; shown above the question
     */
    public boolean confirms(String details, String question) {
        out.flush();
        String answer = Terminal.ask(printable("%s%s [y/N] ".formatted(details, question)));
        return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
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
