/**
 * Inputs as people really produce them: exports of spreadsheets, SQL clients and other platforms, and lists that were
 * copied and pasted. No such input may change the wrong user, and no row of it may be lost in silence.
 */
@NullMarked
package com.fuse.users.cases;

import org.jspecify.annotations.NullMarked;
