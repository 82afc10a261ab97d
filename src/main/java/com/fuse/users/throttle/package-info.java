/**
 * Lets a run wait between two chunks while the platform's database is in trouble, or while an operator has paused it. A
 * health check once a second finds the trouble, the throttle decides, and the record tells how long the run waited.
 */
@NullMarked
package com.fuse.users.throttle;

import org.jspecify.annotations.NullMarked;
