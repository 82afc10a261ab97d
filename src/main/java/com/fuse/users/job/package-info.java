/** Wiring: the steps of a run as a Spring Batch job. */
@NullMarked
package com.fuse.users.job;

import org.jspecify.annotations.NullMarked;
