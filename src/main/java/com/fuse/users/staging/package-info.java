/** The first step: the input's rows into the database, once, and from there to the users whom they name. */
@NullMarked
package com.fuse.users.staging;

import org.jspecify.annotations.NullMarked;
