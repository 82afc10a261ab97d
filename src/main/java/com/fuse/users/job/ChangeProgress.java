package com.fuse.users.job;

import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.EverySecond;
import com.fuse.users.liveness.RunDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the monitor how many users there are, how many of them earlier attempts have done, and once a second how many
 * helpers do in other processes. The users of this process are told to the monitor after each chunk.
 */
final class ChangeProgress {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeProgress.class);

    /** Spring Batch updates a partition's count in the transaction of each chunk. Adding up all chunks would take longer. */
    private static final String WRITTEN = """
            select coalesce(sum(write_count), 0)
            from fuse_batch.batch_step_execution
            where job_execution_id = :attempt and step_name like 'users%'
            """;

    private static final String COUNTS = """
            select (select coalesce(sum(user_count), 0) from fuse_batch.run_chunks where run_id = :run) as done,
                   (select count(*) from fuse_batch.run_users where run_id = :run) as total,
                   (%s) as written
            """.formatted(WRITTEN);

    private final RunDatabase database;
    private final AttemptState attempt;
    private final String name;
    private final EverySecond thread = new EverySecond("progress");
    private long jobExecution;
    private long before;
    private long shown;

    /** @param name what the operator sees */
    ChangeProgress(RunDatabase database, AttemptState attempt, String name) {
        this.database = database;
        this.attempt = attempt;
        this.name = name;
    }

    void start(long jobExecution) {
        this.jobExecution = jobExecution;
        database.patientJdbc()
                .sql(COUNTS)
                .param("run", attempt.run().id())
                .param("attempt", jobExecution)
                .query(row -> {
                    before = row.getLong("written") - attempt.decided();
                    attempt.monitor().taskStarted(name, row.getLong("done"), row.getLong("total"));
                });
        thread.start(this::look);
    }

    private void look() {
        try {
            long others = written() - attempt.decided() - before;
            attempt.monitor().advanced(others - shown);
            shown = others;
        } catch (RuntimeException e) {
            // The next look is as good as this one.
            LOG.debug("progress not read", e);
        }
    }

    private long written() {
        return database.jdbc()
                .sql(WRITTEN)
                .param("attempt", jobExecution)
                .query(Long.class)
                .single();
    }

    void end() {
        thread.interrupt();
        thread.awaitEnd();
        attempt.monitor().taskEnded();
    }
}
