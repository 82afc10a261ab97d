/** Reads the rows of a CSV of users: the columns that count, and the rules for a row. Knows no platform and no database. */
@NullMarked
package com.fuse.users.csv;

import org.jspecify.annotations.NullMarked;
