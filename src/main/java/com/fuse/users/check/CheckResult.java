package com.fuse.users.check;

/**
 * What one check found.
 *
 * @param item what was checked, in one or two words
 * @param text what was found, and what to do about it if it is not in order; one line
 */
public record CheckResult(Status status, String item, String text) {

    /** Whether the item is in order. */
    public enum Status {
        OK,
        /** A run works, but somebody should look at it. */
        WARNING,
        FAILED
    }

    /** The item is in order. */
    public static CheckResult ok(String item, String text) {
        return new CheckResult(Status.OK, item, text);
    }

    /** A run works, but somebody should look at it. */
    public static CheckResult warning(String item, String text) {
        return new CheckResult(Status.WARNING, item, text);
    }

    /** A run would fail, or would not do what the rules say. */
    public static CheckResult failed(String item, String text) {
        return new CheckResult(Status.FAILED, item, text);
    }
}
