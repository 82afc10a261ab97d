/** What became of a row: the outcomes of the contract's section 6, and the decision that leads to one. */
@NullMarked
package com.fuse.users.outcome;

import org.jspecify.annotations.NullMarked;
