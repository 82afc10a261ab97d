package com.fuse.users.operation;

/**
 * How the operator is told about a kind of run.
 *
 * @param question asks for confirmation, with {@code %s} for so many users
 * @param would what would happen to so many users, such as "would be deactivated"
 * @param progress what is going on, such as "Deactivating"
 */
public record Wording(String question, String would, String progress) {}
