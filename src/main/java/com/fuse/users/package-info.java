@NullMarked
package com.fuse.users;

import org.jspecify.annotations.NullMarked;
