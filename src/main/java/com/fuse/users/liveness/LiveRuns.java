package com.fuse.users.liveness;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells for which runs a process holds the lock at this moment. */
public record LiveRuns(JdbcClient jdbc) {

    /** The lock's number is the first eight bytes of the run's key. */
    private static final String IS_LIVE = """
            select exists (
                select from fuse_batch.runs r
                join (%s) l on l.of_session
                    and l.number = ('x' || encode(substr(r.run_key, 1, 8), 'hex'))::bit(64)::bigint
                where r.id = :run)
            """.formatted(RunLock.HELD);

    /** Whether a process is working on the run. */
    public boolean contains(long runId) {
        return jdbc.sql(IS_LIVE).param("run", runId).query(Boolean.class).single();
    }
}
