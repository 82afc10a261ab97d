/** The input of a run: finds its files, and reads their bytes as a stream of characters. Refuses what is not text. */
@NullMarked
package com.fuse.users.input;

import org.jspecify.annotations.NullMarked;
