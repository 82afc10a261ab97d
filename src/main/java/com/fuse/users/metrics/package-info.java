/** Tells a monitoring system what became of runs and commands, once somebody says where to. */
@NullMarked
package com.fuse.users.metrics;

import org.jspecify.annotations.NullMarked;
