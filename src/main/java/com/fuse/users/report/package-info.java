/** The last step: the accounting and the report folder. Also the report on all communities, which needs no run. */
@NullMarked
package com.fuse.users.report;

import org.jspecify.annotations.NullMarked;
