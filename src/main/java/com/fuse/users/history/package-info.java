/** The read model of runs: what the records in the database say about a run and its attempts. */
@NullMarked
package com.fuse.users.history;

import org.jspecify.annotations.NullMarked;
