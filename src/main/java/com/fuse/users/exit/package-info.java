/** How a command ends: its exit code, and a refusal that carries one. */
@NullMarked
package com.fuse.users.exit;

import org.jspecify.annotations.NullMarked;
