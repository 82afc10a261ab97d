/** The way back: reactivation, undo, and reissued certificates. */
@NullMarked
package com.fuse.users.reactivation;

import org.jspecify.annotations.NullMarked;
