/** Pushes figures of runs and commands to a Prometheus Pushgateway, if the settings enable one. */
@NullMarked
package com.fuse.users.metrics;

import org.jspecify.annotations.NullMarked;
