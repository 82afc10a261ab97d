/** The first step: copies the input's rows into the database once, then finds the users whom they name. */
@NullMarked
package com.fuse.users.staging;

import org.jspecify.annotations.NullMarked;
