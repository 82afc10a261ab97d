/**
 * The rules once more: written from the specification and the contract over plain collections, without the program's
 * SQL or any of its code, to judge what the program did to every row of every table.
 */
@NullMarked
package com.fuse.users.oracle;

import org.jspecify.annotations.NullMarked;
