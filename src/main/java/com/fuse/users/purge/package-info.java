/** Removes the records of old runs. */
@NullMarked
package com.fuse.users.purge;

import org.jspecify.annotations.NullMarked;
