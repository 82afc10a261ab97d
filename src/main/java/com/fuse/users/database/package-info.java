/** The database: where it is, whether its schema is up to date, and what its errors mean. */
@NullMarked
package com.fuse.users.database;

import org.jspecify.annotations.NullMarked;
