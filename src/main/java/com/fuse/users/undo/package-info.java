/** What undoing a run means: whom it names, and what comes back. */
@NullMarked
package com.fuse.users.undo;

import org.jspecify.annotations.NullMarked;
