/** The installed program: the launcher, the class archive and the files of an installation. */
@NullMarked
package com.fuse.users.install;

import org.jspecify.annotations.NullMarked;
