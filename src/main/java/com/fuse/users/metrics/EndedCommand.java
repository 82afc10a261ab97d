package com.fuse.users.metrics;

import com.fuse.users.exit.ExitCode;

/**
 * How a command ended.
 *
 * @param rows of all runs that it completed: there is one for each file, and of several only the last would be seen
 * @param skips how many of them were skipped
 */
public record EndedCommand(ExitCode exitCode, long rows, long skips) {}
