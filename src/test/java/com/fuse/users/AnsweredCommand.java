package com.fuse.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A command on a terminal of its own, which asked a question.
 *
 * @param shown what the terminal showed, without the answer
 */
public record AnsweredCommand(int exit, String shown) {

    /** Runs the command and types the answer. Skips the test where there is no program that makes a terminal. */
    public static AnsweredCommand run(FuseUsers fuseUsers, String answer, String... arguments)
            throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/script")).isExecutable();
        ProcessBuilder command = fuseUsers.process(arguments);
        ProcessBuilder terminal = new ProcessBuilder(
                "script", "--quiet", "--return", "--command", String.join(" ", command.command()), "/dev/null");
        terminal.environment().putAll(command.environment());
        Process process = terminal.redirectErrorStream(true).start();
        try (var keyboard = process.outputWriter(UTF_8)) {
            keyboard.write(answer + "\n");
            keyboard.flush();
            String shown = new String(process.getInputStream().readAllBytes(), UTF_8).replace("\r\n", "\n");
            // The terminal shows what is typed before the program runs.
            return new AnsweredCommand(process.waitFor(), shown.replaceFirst("^" + answer + "\n", ""));
        }
    }
}
