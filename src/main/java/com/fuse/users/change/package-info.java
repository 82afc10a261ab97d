/** The third step, the same for every command: read the users, look up their state, decide, change, record. */
@NullMarked
package com.fuse.users.change;

import org.jspecify.annotations.NullMarked;
