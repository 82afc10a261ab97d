/** The demo database of a checkout: an embedded PostgreSQL with demo data. The packaged program does not contain it. */
@NullMarked
package com.fuse.users.demo;

import org.jspecify.annotations.NullMarked;
