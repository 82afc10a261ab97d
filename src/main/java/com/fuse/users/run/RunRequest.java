package com.fuse.users.run;

import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one command asks of one input.
 *
 * @param column the column that identifies users; null to find it by its name
 * @param dryRun decide and report everything, change no platform row
 * @param guard what the run may change at the most
 * @param confirmed whether the operator has confirmed already ("--yes")
 * @param passOverCompleted whether to leave the input alone where it was completed before, instead of running it anew
 * @param acceptSkips exit 0 also where rows were skipped
 * @param reportDir the folder in which the run's folder is made
 * @param chunkSize users changed in one transaction
 * @param partitions ranges of user IDs that are worked on side by side
 */
public record RunRequest(
        String command,
        InputSource input,
        InputDigest digest,
        @Nullable String column,
        boolean dryRun,
        GuardLimits guard,
        boolean confirmed,
        boolean passOverCompleted,
        boolean acceptSkips,
        Path reportDir,
        int chunkSize,
        int partitions) {

    /** What the run is known by: equal keys mean the same command on the same input, so that one resumes the other. */
    public RunKey key() {
        return RunKey.of(command, digest, column, dryRun);
    }

    /** The key of the run that this request would be if it were no plan. */
    public RunKey appliedKey() {
        return RunKey.of(command, digest, column, false);
    }
}
