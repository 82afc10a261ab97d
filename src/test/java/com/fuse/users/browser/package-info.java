/** A real browser for the tests of what people look at, where one is installed. */
@NullMarked
package com.fuse.users.browser;

import org.jspecify.annotations.NullMarked;
