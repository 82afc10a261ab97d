/** A run: its record, its definition, and what a command requests of it. */
@NullMarked
package com.fuse.users.run;

import org.jspecify.annotations.NullMarked;
