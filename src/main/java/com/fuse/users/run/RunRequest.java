package com.fuse.users.run;

import java.nio.file.Path;

/**
 * What one command asks of one input. All but the definition may differ from attempt to attempt.
 *
 * @param guard what the run may change at the most
 * @param confirmed whether the operator has confirmed already ("--yes")
 * @param passOverCompleted whether to leave the input alone if it was completed before
 * @param acceptSkips exit 0 also where rows were skipped
 * @param reportDir the folder in which the run's folder is made
 * @param chunkSize users changed in one transaction
 * @param partitions ranges of user IDs that are worked on side by side
 */
public record RunRequest(
        RunDefinition definition,
        GuardLimits guard,
        boolean confirmed,
        boolean passOverCompleted,
        boolean acceptSkips,
        Path reportDir,
        int chunkSize,
        int partitions) {}
