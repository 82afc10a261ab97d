package com.fuse.users.run;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.input.Identifier;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run.
 *
 * @param id the run's number
 * @param inputFormat what was detected of the input; null until it is staged
 * @param rowCount the rows of the input; null until it is staged
 * @param namesSuccessors whether an admin in the input may have a successor; false until it is staged
 * @param jobInstanceId Spring Batch's instance, one a run; null until the first attempt starts
 * @param endedAt null while the run can still be resumed
 * @param exitCode null exactly while {@code endedAt} is
 * @param purging whether its records are being removed, so that nothing may rely on them
 */
public record Run(
        long id,
        String command,
        RunOptions options,
        String inputName,
        String inputSha256,
        @Nullable String inputFormat,
        @Nullable Long rowCount,
        boolean namesSuccessors,
        @Nullable Long jobInstanceId,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Integer exitCode,
        boolean purging) {

    /** Whether platform rows stay as they are. */
    public boolean dryRun() {
        return options.dryRun();
    }

    /** Whether the run is over, so that the same command starts a new one. */
    public boolean hasEnded() {
        return endedAt != null;
    }

    /**
     * Whether the run is over and every row has its outcome. A plan is decided in full also where the guard would trip.
     */
    public boolean isCompleted() {
        if (exitCode == null || rowCount == null) {
            return false;
        }
        ExitCode end = ExitCode.of(exitCode);
        return end == ExitCode.OK || end == ExitCode.SKIPS || dryRun() && end == ExitCode.REFUSED;
    }

    /** Whether the input names users by their IDs; false too where a column's name leaves that open. */
    public boolean namesUsersById() {
        String format = inputFormat;
        return format != null
                && Stream.of(Identifier.USERNAME, Identifier.EMAIL)
                        .noneMatch(identifier -> format.contains("(" + identifier.label() + ")"));
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
