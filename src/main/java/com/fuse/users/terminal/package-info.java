/** The output for the operator: console, progress, summaries as text, and the characters that are safe to print. */
@NullMarked
package com.fuse.users.terminal;

import org.jspecify.annotations.NullMarked;
