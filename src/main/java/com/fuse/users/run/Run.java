package com.fuse.users.run;

import com.fuse.users.csv.Identifier;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.input.InputKind;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run.
 *
 * @param id the run's number
 * @param reason why the run is made; null if no operator said it
 * @param inputFormat the detected format, for people; null until the input is staged
 * @param inputNotes what the operator should know about the content of the input, a sentence each
 * @param identifiedBy the kinds of identifiers by which a row may name its user; the first that has a value decides. Empty
 *     until the input is staged
 * @param statesActive whether a row may state whether its user is to be active; false until the input is staged
 * @param rowCount the rows of the input; null until it is staged
 * @param namesSuccessors whether an admin in the input may have a successor; false until it is staged
 * @param jobInstanceId Spring Batch's job instance, one per run; null until the first attempt starts
 * @param endedAt null while the run can still be resumed
 * @param exitCode null exactly while {@code endedAt} is null
 * @param abandoned whether an undo ended the run half-way; then the exit code tells only a stop from a failure
 * @param database where the latest attempt works or worked
 * @param pausedSince since when an operator wants the run to wait; null if none does, or if the run has ended
 * @param purging whether the run's records are being removed, so that nothing may rely on them
 */
public record Run(
        long id,
        String command,
        RunOptions options,
        @Nullable String reason,
        InputKind inputKind,
        String inputName,
        String inputSha256,
        @Nullable String inputFormat,
        List<String> inputNotes,
        List<Identifier> identifiedBy,
        boolean statesActive,
        @Nullable Long rowCount,
        boolean namesSuccessors,
        @Nullable Long jobInstanceId,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Integer exitCode,
        boolean abandoned,
        DatabaseLogin database,
        @Nullable Instant pausedSince,
        boolean purging) {

    /** The database and the login of the latest attempt, such as "fuse at db.example.org:5432 as fuse_users". */
    public String describeDatabase() {
        return database.describe();
    }

    /** Whether this is a run of the command. */
    public boolean isOf(CommandName other) {
        return other.text().equals(command);
    }

    /** Whether the run changes no platform row. */
    public boolean dryRun() {
        return options.dryRun();
    }

    /** The same run as a plan. */
    public Run asPlan() {
        return new Run(
                id,
                command,
                options.asPlan(),
                reason,
                inputKind,
                inputName,
                inputSha256,
                inputFormat,
                inputNotes,
                identifiedBy,
                statesActive,
                rowCount,
                namesSuccessors,
                jobInstanceId,
                startedAt,
                endedAt,
                exitCode,
                abandoned,
                database,
                pausedSince,
                purging);
    }

    /** Whether the run has ended, so that the same command starts a new one. */
    public boolean hasEnded() {
        return endedAt != null;
    }

    /**
     * Whether the run has ended and every row has its outcome. A plan is decided in full even if a limit would refuse it.
     */
    public boolean isCompleted() {
        if (exitCode == null || rowCount == null) {
            return false;
        }
        ExitCode end = ExitCode.of(exitCode);
        return end == ExitCode.OK
                || end == ExitCode.SKIPS
                || dryRun() && (end == ExitCode.REFUSED || end == ExitCode.UNREADABLE_INPUT);
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
