/**
 * Reads what a run is given: finds the files, recognises their format, and streams their rows. Knows nothing of the
 * platform or the database.
 */
@NullMarked
package com.fuse.users.input;

import org.jspecify.annotations.NullMarked;
