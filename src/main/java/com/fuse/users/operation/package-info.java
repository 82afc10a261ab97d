/** The kinds of run: each has a source of rows, a rule for decisions and a change. */
@NullMarked
package com.fuse.users.operation;

import org.jspecify.annotations.NullMarked;
