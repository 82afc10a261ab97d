/**
 * The first part of a run: finds the files, detects their format, and reads their rows as a stream. It knows neither the
 * platform nor the database.
 */
@NullMarked
package com.fuse.users.input;

import org.jspecify.annotations.NullMarked;
