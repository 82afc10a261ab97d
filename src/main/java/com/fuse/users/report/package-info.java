/** The last step: checks that every row has an outcome, writes the report folder and ends the run. */
@NullMarked
package com.fuse.users.report;

import org.jspecify.annotations.NullMarked;
