package com.fuse.users.history;

import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list has.
 *
 * @param count how many runs at most
 * @param state null for any
 * @param command null for any
 * @param since only runs that started at or after this time; null for any
 */
public record RunFilter(
        int count,
        @Nullable RunState state,
        @Nullable CommandName command,
        @Nullable Instant since) {

    /** Whether the filter accepts every run, up to the number and from the time that it gives. */
    public boolean acceptsEveryKind() {
        return state == null && command == null;
    }

    /** Whether there are no older runs than these, of which there are so many. */
    public boolean isExhaustedBy(int listed) {
        return since == null && listed < count;
    }

    /** Whether the run's record fits; its state is not part of the record. */
    boolean accepts(Run run) {
        return (command == null || run.isOf(command))
                && (since == null || !run.startedAt().isBefore(since));
    }
}
