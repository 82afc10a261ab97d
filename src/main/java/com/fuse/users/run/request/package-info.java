/** What a command requests of a run. All of it may differ from attempt to attempt, except the run's definition. */
@NullMarked
package com.fuse.users.run.request;

import org.jspecify.annotations.NullMarked;
