/** Deactivation: the check for admins, the transfer of their roles, and the deletion of data. */
@NullMarked
package com.fuse.users.deactivation;

import org.jspecify.annotations.NullMarked;
