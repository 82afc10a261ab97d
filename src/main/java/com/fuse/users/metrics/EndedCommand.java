package com.fuse.users.metrics;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.throttle.WaitTotal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended. The rows are sums over all its runs: a command makes one run for each file, and the metrics of a
 * run show only the last one.
 *
 * @param rows the rows of all runs that it completed
 * @param skips how many of these rows were skipped
 * @param waits how the run waited that was stopped or failed and so ended the command; null if there is none
 */
public record EndedCommand(
        ExitCode exitCode, long rows, long skips, @Nullable List<WaitTotal> waits) {}
