/** The rows that a command changes in the platform's tables, as set-based SQL for the users of a chunk. */
@NullMarked
package com.fuse.users.tables;

import org.jspecify.annotations.NullMarked;
