/** A run from its first start to its end: its record, its lock, and the attempts that it takes. */
@NullMarked
package com.fuse.users.run;

import org.jspecify.annotations.NullMarked;
