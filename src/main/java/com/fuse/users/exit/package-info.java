/** How a command ends: the exit codes, and the exception that carries one. Every other package may use it. */
@NullMarked
package com.fuse.users.exit;

import org.jspecify.annotations.NullMarked;
