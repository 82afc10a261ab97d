package com.fuse.users.input;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;

/**
 * The input as a whole cannot be used. The message names the input, the line if there is one, the value at fault and
 * what to do next.
 */
public final class InputException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private InputException(ExitCode exitCode, String message) {
        super(exitCode, message);
    }

    /** The content of {@code input} is not a CSV of users. */
    public static InputException unreadable(String input, String problemAndRemedy) {
        return new InputException(ExitCode.UNREADABLE_INPUT, input + ": " + problemAndRemedy);
    }

    /** The content of {@code input} cannot be read from the 1-based {@code line} on. */
    public static InputException unreadable(String input, long line, String problemAndRemedy) {
        return new InputException(ExitCode.UNREADABLE_INPUT, input + ", line " + line + ": " + problemAndRemedy);
    }

    /** {@code input} does not exist, or permission to read it is missing. */
    public static InputException missing(String input, String problemAndRemedy) {
        return new InputException(ExitCode.NO_INPUT, input + ": " + problemAndRemedy);
    }
}
