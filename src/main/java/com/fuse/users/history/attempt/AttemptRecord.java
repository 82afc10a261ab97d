package com.fuse.users.history.attempt;

import com.fuse.users.run.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a run, from Spring Batch's metadata and the run's chunks.
 *
 * @param number counted from 1
 * @param actor who made it; null if it died before it could say
 * @param helpers the accounts and hosts of the processes that helped, such as "anna@ops2"; empty if there were none
 * @param login its login in the database; null exactly if {@code actor} is
 * @param error why it was refused or failed; null if it was not, or died before it could say
 * @param status Spring Batch's status; null if the attempt died before it had one
 * @param worked until the attempt's last sign of life, with its waits, without the preflight, whose question may wait for a
 *     person, and without the writing of the report
 * @param decidingStart when the change step started; null if the attempt did not reach it
 * @param deciding how long the change step took, at least a millisecond
 * @param threads how many partitions were worked on side by side on average, rounded, at least one
 * @param chunks the chunks that it committed; a chunk that was halved because of a bad row counts once for each part
 * @param users the users of these chunks
 */
public record AttemptRecord(
        int number,
        @Nullable Actor actor,
        List<String> helpers,
        @Nullable String login,
        @Nullable String error,
        @Nullable String status,
        Instant began,
        Duration worked,
        @Nullable Instant decidingStart,
        Duration deciding,
        int threads,
        long chunks,
        long users) {

    /** How long these attempts worked, without the pauses between them. */
    public static Duration worked(List<AttemptRecord> attempts) {
        return attempts.stream().map(AttemptRecord::worked).reduce(Duration.ZERO, Duration::plus);
    }
}
