/** What deactivating a user means: who is refused, and what is deleted. */
@NullMarked
package com.fuse.users.deactivation;

import org.jspecify.annotations.NullMarked;
