/** What a kind of run is: where its rows come from, what it decides and what it changes. */
@NullMarked
package com.fuse.users.operation;

import org.jspecify.annotations.NullMarked;
