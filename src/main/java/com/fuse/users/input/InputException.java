package com.fuse.users.input;

/**
 * The input as a whole cannot be used. The message is for the operator: it names the input, the line where there is
 * one, the value at fault and what to do next, so no stack trace is needed beside it.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    private InputException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Why the input cannot be used. */
    public enum Kind {
        /** It was read, but it is not a CSV of users. */
        UNREADABLE,
        /** It is not there, or it may not be read. */
        MISSING
    }

    /** The content of {@code input}, taken as a whole, is not a CSV of users. */
    public static InputException unreadable(String input, String problemAndRemedy) {
        return new InputException(Kind.UNREADABLE, input + ": " + problemAndRemedy);
    }

    /** The content of {@code input} cannot be read from the 1-based {@code line} on. */
    public static InputException unreadable(String input, long line, String problemAndRemedy) {
        return new InputException(Kind.UNREADABLE, input + ", line " + line + ": " + problemAndRemedy);
    }

    /** {@code input} is not there, or it may not be read. */
    public static InputException missing(String input, String problemAndRemedy) {
        return new InputException(Kind.MISSING, input + ": " + problemAndRemedy);
    }

    public Kind kind() {
        return kind;
    }
}
