/** What the operator sees: console, progress, the text of a summary, and which characters are safe to print. */
@NullMarked
package com.fuse.users.terminal;

import org.jspecify.annotations.NullMarked;
