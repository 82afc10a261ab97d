package com.fuse.users.input;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that tests expect. */
final class Rows {

    private Rows() {}

    /** A well-formed row of an input with one column that counts. */
    static UserRecord row(long line, String value, @Nullable Long userId) {
        return new UserRecord(line, value, userId, null, null, null, null, List.of(), null);
    }

    static UserRecord withSuccessor(long line, String value, @Nullable Long userId, String successor) {
        return new UserRecord(line, value, userId, null, null, successor, null, List.of(), null);
    }

    static UserRecord malformedWithSuccessor(long line, String value, String successor, String problem) {
        return new UserRecord(line, value, null, null, null, successor, null, List.of(), problem);
    }
}
