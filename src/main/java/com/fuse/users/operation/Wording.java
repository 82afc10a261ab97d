package com.fuse.users.operation;

/**
 * The words for the operator about a kind of run.
 *
 * @param question asks for confirmation, with {@code %s} for the number of users and their database, such as "3 users on ..."
 * @param would the effect on these users, such as "would be deactivated"
 * @param progress the name of the current work, such as "Deactivating"
 */
public record Wording(String question, String would, String progress) {}
