package com.fuse.users.change;

/**
 * A user whom the input names, there or not.
 *
 * @param line the first line that does
 */
public record Target(long userId, long line) {}
