/** Opens a run, makes the attempts, and builds the Spring Batch job of four steps. */
@NullMarked
package com.fuse.users.job;

import org.jspecify.annotations.NullMarked;
