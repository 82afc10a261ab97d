/** The last step: accounts for every row and writes the report folder. */
@NullMarked
package com.fuse.users.report;

import org.jspecify.annotations.NullMarked;
