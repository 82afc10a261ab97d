/** What reactivating a user means: who is refused, and what comes back. */
@NullMarked
package com.fuse.users.reactivation;

import org.jspecify.annotations.NullMarked;
