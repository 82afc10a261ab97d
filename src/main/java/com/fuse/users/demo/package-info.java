/** The demo of a checkout: an embedded PostgreSQL and the world in it. The packaged program does not contain it. */
@NullMarked
package com.fuse.users.demo;

import org.jspecify.annotations.NullMarked;
