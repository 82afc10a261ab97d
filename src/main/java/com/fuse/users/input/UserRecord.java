package com.fuse.users.input;

import org.jspecify.annotations.Nullable;

/**
 * One row of an input.
 *
 * @param line the 1-based line on which the row starts
 * @param value the identifier of the user, without surrounding blanks. In a malformed row it cannot be mistaken for a
 *     valid identifier: it is the whole record if its fields cannot be told apart, and the first 256 characters with an
 *     ellipsis if it is longer than 64 KiB
 * @param userId the user ID in {@code value}; null for a malformed row, and if the input does not name users by ID
 * @param successor the user ID of the user who takes over the admin roles, as written, without surrounding blanks; in a
 *     malformed row it may be invalid. Null if the row names none
 * @param problem why the row is malformed, and what to do; null for a valid row
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
