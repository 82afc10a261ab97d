/** What "Get certificate" means, in bulk. */
@NullMarked
package com.fuse.users.reissue;

import org.jspecify.annotations.NullMarked;
