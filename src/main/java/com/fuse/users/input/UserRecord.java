package com.fuse.users.input;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of an input.
 *
 * @param line the 1-based line on which the row starts
 * @param value the identifier that decides on the user, without surrounding blanks. In a malformed row it cannot be
 *     mistaken for a valid identifier: it is the whole record if its fields cannot be told apart, and the first 256
 *     characters with an ellipsis if it is longer than 64 KiB
 * @param userId the user ID; null if the row holds none that is valid and certain
 * @param names the other identifiers; null unless the row has to be compared with the platform's users
 * @param active the state of the user that the row claims; null if it claims none
 * @param successor the user ID of the user who takes over the admin roles, as written, without surrounding blanks; in a
 *     malformed row it may be invalid. Null if the row names none
 * @param shown the value with its invisible characters as codes; null if it has none or is a user ID
 * @param swallowed usernames in lines within a field that would be rows by themselves. If one of them exists, a stray quote
 *     has swallowed the lines, and {@code problem} says so; otherwise the row is well-formed
 * @param problem why the row is malformed, and what to do; null for a well-formed row
 */
public record UserRecord(
        long line,
        String value,
        @Nullable Long userId,
        @Nullable Names names,
        @Nullable Boolean active,
        @Nullable String successor,
        @Nullable String shown,
        List<String> swallowed,
        @Nullable String problem) {

    /** The identifiers of a row besides the user ID; null where the row has none. */
    public record Names(@Nullable String username, @Nullable String email) {}

    /** A malformed row of which no field is certain. */
    static UserRecord malformed(long line, String value, String problem) {
        return new UserRecord(line, value, null, null, null, null, null, List.of(), problem);
    }

    /** The same row, malformed whatever a stray quote may have swallowed. */
    UserRecord malformed(String otherProblem) {
        return new UserRecord(line, value, null, null, null, successor, null, List.of(), otherProblem);
    }
}
