package com.fuse.users.crash;

import static java.util.stream.Collectors.toMap;

import com.fuse.users.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Reads the step of the newest attempt over a connection of its own, as soon as the step is committed. */
final class StepWatch implements AutoCloseable {

    private static final long POLL_NANOS = 3_000_000;

    private static final String NEWEST_STEP = """
            select step_name
            from fuse_batch.batch_step_execution
            where job_execution_id > ?
            order by step_execution_id desc
            limit 1
            """;

    private static final String UNFINISHED_STEP = """
            select step_name
            from fuse_batch.batch_step_execution
            where job_execution_id = (select max(job_execution_id) from fuse_batch.batch_job_execution)
              and status in ('STARTING', 'STARTED', 'STOPPING')
            order by step_execution_id desc
            limit 1
            """;

    private static final String DURATIONS = """
            select step_name, extract(epoch from end_time - start_time) * 1000000 as micros
            from fuse_batch.batch_step_execution
            where step_name not like 'users:%'
            """;

    private final SingleConnectionDataSource connection;
    private final JdbcClient jdbc;

    StepWatch(TestDatabase database) throws SQLException {
        connection = new SingleConnectionDataSource(database.session(), true);
        jdbc = JdbcClient.create(connection);
    }

    /** The number of attempts. */
    long attempts() {
        return jdbc.sql("select count(*) from fuse_batch.batch_job_execution")
                .query(Long.class)
                .single();
    }

    /** The highest number of an attempt, for {@link #await}. */
    long newestAttempt() {
        return jdbc.sql("select coalesce(max(job_execution_id), 0) from fuse_batch.batch_job_execution")
                .query(Long.class)
                .single();
    }

    /**
     * Waits until a later attempt reaches this step or a later one, and returns that step; empty if the process ended.
     */
    Optional<JobStep> await(JobStep step, long attempt, Process process) {
        while (process.isAlive()) {
            Optional<JobStep> newest = step(jdbc.sql(NEWEST_STEP).param(attempt));
            if (newest.isPresent() && newest.get().compareTo(step) >= 0) {
                return newest;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Optional.empty();
    }

    /** The step that the newest attempt has started and not completed. */
    Optional<JobStep> unfinished() {
        return step(jdbc.sql(UNFINISHED_STEP));
    }

    /** The duration of each step of the only attempt. */
    Map<JobStep, Duration> durations() {
        return jdbc
                .sql(DURATIONS)
                .query((row, number) -> Map.entry(
                        JobStep.named(row.getString("step_name")), Duration.ofNanos(row.getLong("micros") * 1_000)))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Optional<JobStep> step(JdbcClient.StatementSpec query) {
        return query.query(String.class).optional().map(JobStep::named);
    }

    @Override
    public void close() {
        connection.destroy();
    }
}
