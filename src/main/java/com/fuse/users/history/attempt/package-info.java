/** The attempts at a run: who made them, how they ended and how fast they went. */
@NullMarked
package com.fuse.users.history.attempt;

import org.jspecify.annotations.NullMarked;
