package com.fuse.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program on a terminal of its own, where somebody types. Tests that need one are skipped where there is none. */
public final class PseudoTerminal implements AutoCloseable {

    /** What the terminal sends for Ctrl-C. */
    public static final String CTRL_C = "\u0003";

    private final Path screen;
    private final Process process;
    private final Writer keyboard;

    private PseudoTerminal(Path screen, Process process) {
        this.screen = screen;
        this.process = process;
        this.keyboard = process.outputWriter(UTF_8);
    }

    /** Starts a program on a new terminal. */
    public static PseudoTerminal start(ProcessBuilder program) throws IOException {
        assumeThat(Path.of("/usr/bin/script")).isExecutable();
        Path screen = Files.createTempFile("screen", ".txt");
        ProcessBuilder terminal = new ProcessBuilder(
                "script", "--quiet", "--return", "--command", String.join(" ", program.command()), "/dev/null");
        terminal.directory(program.directory());
        terminal.environment().putAll(program.environment());
        return new PseudoTerminal(
                screen,
                terminal.redirectErrorStream(true)
                        .redirectOutput(screen.toFile())
                        .start());
    }

    public void type(String keys) throws IOException {
        keyboard.write(keys);
        keyboard.flush();
    }

    /** All that the program has printed, and what was typed, with LF as the end of a line. */
    public String shown() throws IOException {
        return Files.readString(screen).replace("\r\n", "\n");
    }

    /** The exit status of the program, which ends soon. */
    public int awaitExit() throws IOException, InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program does not end; it shows: " + shown());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Files.delete(screen);
    }
}
