/** The database: its address, the version of its schema, and the meaning of its errors. */
@NullMarked
package com.fuse.users.database;

import org.jspecify.annotations.NullMarked;
