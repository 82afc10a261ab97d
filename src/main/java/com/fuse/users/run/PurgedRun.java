package com.fuse.users.run;

import java.time.Instant;

/**
 * The trace of a run whose records were purged.
 *
 * @param purgedBy the database login of the purge
 */
public record PurgedRun(long id, Instant purgedAt, String purgedBy) {}
