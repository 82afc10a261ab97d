/** The All communities report. */
@NullMarked
package com.fuse.users.communities;

import org.jspecify.annotations.NullMarked;
