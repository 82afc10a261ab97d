package com.fuse.users.job;

import com.fuse.users.run.RunMonitor;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the monitor how many users there are, and how many of them earlier attempts have done. */
record ProgressListener(JdbcClient jdbc, long runId, String progress, RunMonitor monitor)
        implements StepExecutionListener {

    private static final String COUNTS = """
            select (select coalesce(sum(user_count), 0) from fuse_batch.run_chunks where run_id = :run) as done,
                   (select count(*) from fuse_batch.run_users where run_id = :run) as total
            """;

    @Override
    public void beforeStep(StepExecution stepExecution) {
        jdbc.sql(COUNTS).param("run", runId).query(row -> {
            monitor.taskStarted(progress, row.getLong("done"), row.getLong("total"));
        });
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
        monitor.taskEnded();
        return null;
    }
}
