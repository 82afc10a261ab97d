package com.fuse.users.metrics;

import com.fuse.users.history.RunSummary;
import org.jspecify.annotations.Nullable;

/**
 * A run that the command completed.
 *
 * @param deviations what the verification of the run found; null if the command does not verify it
 */
public record CompletedRun(RunSummary summary, @Nullable Long deviations) {}
