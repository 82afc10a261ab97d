/**
 * Hands the partitions of an attempt to threads, in this process and in others: Spring Batch's remote partitioning, with
 * PostgreSQL as the queue.
 */
@NullMarked
package com.fuse.users.partition;

import org.jspecify.annotations.NullMarked;
