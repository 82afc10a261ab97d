/**
 * The command line: one class per command, the groups of options, and how a failure becomes a message and an exit code.
 * The commands that look at existing runs are in {@link com.fuse.users.cli.runs}.
 */
@NullMarked
package com.fuse.users.cli;

import org.jspecify.annotations.NullMarked;
