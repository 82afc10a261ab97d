/** Writes the manual pages and the completion script at build time; not in the packaged program. */
@NullMarked
package com.fuse.users.cli.manual;

import org.jspecify.annotations.NullMarked;
