package com.fuse.users.run.request;

import com.fuse.users.run.RunDefinition;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a command requests for one input. All but the definition can differ from attempt to attempt.
 *
 * @param reason why the run is made, for the record; null if the operator does not say
 * @param guard the limits of the run
 * @param rowLimits what is expected of the input's rows
 * @param confirmed whether the operator has already confirmed ("--yes")
 * @param passOverCompleted whether to leave the input alone if it was completed before, or if an undo ended its run
 * @param acceptSkips exit 0 even if rows were skipped
 * @param reportDir the parent of the run's report folder
 * @param pace the speed
 * @param throttle the limits above which the run waits
 * @param join help a process that is working on the run already
 */
public record RunRequest(
        RunDefinition definition,
        @Nullable String reason,
        GuardLimits guard,
        RowLimits rowLimits,
        boolean confirmed,
        boolean passOverCompleted,
        boolean acceptSkips,
        Path reportDir,
        Pace pace,
        ThrottleLimits throttle,
        boolean join) {

    /** Whether the operator must be asked before the first write. */
    public boolean needsConfirmation() {
        return !confirmed && !definition.options().dryRun();
    }
}
