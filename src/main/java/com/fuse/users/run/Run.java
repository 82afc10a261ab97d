package com.fuse.users.run;

import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run.
 *
 * @param id the run's number
 * @param inputFormat what was detected of the input; null until it is staged
 * @param rowCount the rows of the input; null until it is staged
 * @param jobInstanceId Spring Batch's instance, one a run; null until the first attempt starts
 * @param endedAt null while the run can still be resumed
 * @param exitCode null exactly while {@code endedAt} is
 */
public record Run(
        long id,
        String command,
        boolean dryRun,
        String inputName,
        String inputSha256,
        @Nullable String inputFormat,
        @Nullable Long rowCount,
        @Nullable Long jobInstanceId,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Integer exitCode) {

    /** Whether the run is over, so that the same command starts a new one. */
    public boolean hasEnded() {
        return endedAt != null;
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
