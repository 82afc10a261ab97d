package com.fuse.users.metrics;

import com.fuse.users.history.RunSummary;
import org.jspecify.annotations.Nullable;

/**
 * A run that the command completed.
 *
 * @param deviations what the verification of the command's runs has found so far; null if it has verified none
 */
public record CompletedRun(RunSummary summary, @Nullable Long deviations) {}
