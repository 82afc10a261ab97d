/** The commands about runs that exist: they list, show, stop and purge runs, and write their reports again. */
@NullMarked
package com.fuse.users.cli.runs;

import org.jspecify.annotations.NullMarked;
