/** Who works on a run, and whether that process is still alive: lock, heartbeat, abort, cut-off, retry, recovery. */
@NullMarked
package com.fuse.users.liveness;

import org.jspecify.annotations.NullMarked;
