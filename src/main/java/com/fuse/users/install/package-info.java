/** Writes files of an installation at build time; not in the packaged program. */
@NullMarked
package com.fuse.users.install;

import org.jspecify.annotations.NullMarked;
