package com.fuse.users.exit;

/**
 * The program refuses to go on, for a reason that a person can fix. The message is one line for the operator: what
 * happened, the value at fault, and what to do next.
 */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public RefusedException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The exit code of the command. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
