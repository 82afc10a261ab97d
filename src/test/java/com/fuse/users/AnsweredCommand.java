package com.fuse.users;

import java.io.IOException;

/**
 * A command on a terminal of its own, which asked a question.
 *
 * @param shown what the terminal showed, without the answer
 */
public record AnsweredCommand(int exit, String shown) {

    /** Runs the command and types the answer. */
    public static AnsweredCommand run(FuseUsers fuseUsers, String answer, String... arguments)
            throws IOException, InterruptedException {
        try (PseudoTerminal terminal = PseudoTerminal.start(fuseUsers.process(arguments))) {
            terminal.type(answer + "\n");
            int exit = terminal.awaitExit();
            // The terminal shows what is typed before the program runs.
            return new AnsweredCommand(exit, terminal.shown().replaceFirst("^" + answer + "\n", ""));
        }
    }
}
