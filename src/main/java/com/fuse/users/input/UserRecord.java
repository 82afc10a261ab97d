package com.fuse.users.input;

import org.jspecify.annotations.Nullable;

/**
 * One row of an input.
 *
 * @param line the 1-based line on which the row starts
 * @param value what names the user, without the blanks around it. Of a malformed row so much that it cannot be taken
 *     for a well-formed one: the whole record where its fields cannot be told apart; longer than 64 KiB, its first 256
 *     characters and an ellipsis
 * @param userId the user ID that {@code value} spells; null of a malformed row and where users are not named by ID
 * @param successor the user ID of who is to take over the user's admin roles, as written, without the blanks around it;
 *     of a malformed row perhaps no user ID. Null where nobody is named
 * @param problem why the row is malformed and what to do; null of a row that is fine
 */
public record UserRecord(
        long line,
        String value,
        @Nullable Long userId,
        @Nullable String successor,
        @Nullable String problem) {

    /** A row that names no successor. */
    UserRecord(long line, String value, @Nullable Long userId, @Nullable String problem) {
        this(line, value, userId, null, problem);
    }
}
