package com.fuse.users.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads a run's attempts from Spring Batch's metadata. */
record AttemptRecords(JdbcClient jdbc) {

    /**
     * Its last step knows when an attempt last did something; a killed one has no end until the next one gives it that.
     * The report itself is left out, so that it can be written again with the same figures. A chunk writes one item, a
     * slice of users.
     */
    private static final String SELECT = """
            select row_number() over (order by e.job_execution_id) as number, e.status, e.start_time,
                   steps.deciding_start, steps.chunks,
                   coalesce(extract(epoch from steps.last_sign_of_life - e.start_time) * 1000, 0)::bigint as millis,
                   coalesce(extract(epoch from steps.deciding_end - steps.deciding_start) * 1000, 0)::bigint
                       as deciding_millis
            from fuse_batch.runs r
            join fuse_batch.batch_job_execution e on e.job_instance_id = r.job_instance_id
            cross join lateral (
                select coalesce(
                           max(s.start_time) filter (where s.step_name = 'report'),
                           greatest(max(coalesce(s.end_time, s.last_updated)), e.end_time)) as last_sign_of_life,
                       min(s.start_time) filter (where s.step_name like 'users%') as deciding_start,
                       max(coalesce(s.end_time, s.last_updated)) filter (where s.step_name like 'users%')
                           as deciding_end,
                       coalesce(sum(s.write_count) filter (where s.step_name like 'users%'), 0) as chunks
                from fuse_batch.batch_step_execution s
                where s.job_execution_id = e.job_execution_id
            ) steps
            where r.id = :run
            order by e.job_execution_id
            """;

    /** All of them, in their order. */
    List<AttemptRecord> of(long runId) {
        return jdbc.sql(SELECT)
                .param("run", runId)
                .query(AttemptRecords::attempt)
                .list();
    }

    private static AttemptRecord attempt(ResultSet row, int index) throws SQLException {
        return new AttemptRecord(
                row.getInt("number"),
                row.getString("status"),
                Duration.ofMillis(row.getLong("millis")),
                row.getObject("start_time", LocalDateTime.class),
                row.getObject("deciding_start", LocalDateTime.class),
                Duration.ofMillis(row.getLong("deciding_millis")),
                row.getLong("chunks"));
    }
}
