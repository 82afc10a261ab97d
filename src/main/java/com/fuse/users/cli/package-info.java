/** The command line: what is asked for, what is printed, which exit code. */
@NullMarked
package com.fuse.users.cli;

import org.jspecify.annotations.NullMarked;
