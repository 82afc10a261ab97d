package com.fuse.users.run;

import com.fuse.users.database.Times;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What operators ask of the process that works on a run, whichever it is; it looks once a second. Each method is one
 * statement, in the caller's transaction if there is one, and does nothing to a run that has ended.
 */
public record OperatorRequests(JdbcClient jdbc, Clock clock) {

    /** Asks the process to stop after its current chunk. A later command that resumes the run ignores the request. */
    public void stop(long run) {
        set("stop_requested_at", run);
    }

    /** Whether an operator has asked for a stop that no command has ignored since. */
    public boolean isStopRequested(long run) {
        return jdbc.sql("select stop_requested_at is not null from fuse_batch.runs where id = :run")
                .param("run", run)
                .query(Boolean.class)
                .single();
    }

    /** Asks the process, and every later one, to wait between two chunks. */
    public void pause(long run) {
        set("pause_requested_at", run);
    }

    /** Takes the request to wait back. */
    public void resume(long run) {
        jdbc.sql("update fuse_batch.runs set pause_requested_at = null where id = :run and ended_at is null")
                .param("run", run)
                .update();
    }

    private void set(String column, long run) {
        jdbc.sql("update fuse_batch.runs set %s = :now where id = :run and ended_at is null".formatted(column))
                .param("now", Times.now(clock))
                .param("run", run)
                .update();
    }
}
