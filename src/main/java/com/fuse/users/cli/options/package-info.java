/** The options that several commands share, in groups, and the checks of their values. */
@NullMarked
package com.fuse.users.cli.options;

import org.jspecify.annotations.NullMarked;
