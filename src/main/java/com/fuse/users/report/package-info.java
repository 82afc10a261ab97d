/** The last step: the accounting and the report folder. */
@NullMarked
package com.fuse.users.report;

import org.jspecify.annotations.NullMarked;
