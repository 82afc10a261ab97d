/** Answers for those who are responsible: whether a run holds, and which runs named a user. */
@NullMarked
package com.fuse.users.audit;

import org.jspecify.annotations.NullMarked;
