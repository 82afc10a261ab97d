package com.fuse.users.change;

import org.springframework.dao.DataAccessException;

/**
 * An error of the database that may concern one user.
 *
 * @param certain whether it concerns a user in any case, also if it hits all users of a chunk
 * @param description for the user's outcome, in one line
 */
record RowError(boolean certain, String description, DataAccessException failure) {}
