/** The second step: the counts, the guard and the confirmation, before the first write. */
@NullMarked
package com.fuse.users.preflight;

import org.jspecify.annotations.NullMarked;
