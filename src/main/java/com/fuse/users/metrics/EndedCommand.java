package com.fuse.users.metrics;

import com.fuse.users.exit.ExitCode;

/**
 * How a command ended. The rows are sums over all its runs: a command makes one run for each file, and the metrics of a
 * run show only the last one.
 *
 * @param rows the rows of all runs that it completed
 * @param skips how many of these rows were skipped
 */
public record EndedCommand(ExitCode exitCode, long rows, long skips) {}
