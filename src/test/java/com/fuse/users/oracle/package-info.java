/**
 * A second implementation of the rules, written from the specification and the contract over plain collections, without
 * the program's SQL or code. Tests compare every row of every table with it.
 */
@NullMarked
package com.fuse.users.oracle;

import org.jspecify.annotations.NullMarked;
