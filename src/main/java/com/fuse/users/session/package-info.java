/** The program's connection to its database, and the objects that work on it. */
@NullMarked
package com.fuse.users.session;

import org.jspecify.annotations.NullMarked;
