/** Tells before a run whether the database has all that a run needs. */
@NullMarked
package com.fuse.users.check;

import org.jspecify.annotations.NullMarked;
