/** Removing what is recorded of runs that are over. */
@NullMarked
package com.fuse.users.purge;

import org.jspecify.annotations.NullMarked;
