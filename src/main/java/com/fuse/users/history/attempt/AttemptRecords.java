package com.fuse.users.history.attempt;

import com.fuse.users.database.Times;
import com.fuse.users.run.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads a run's attempts. Spring Batch records local times; the process runs in UTC. */
public record AttemptRecords(JdbcClient jdbc) {

    /**
     * The steps and the waits tell when an attempt last did something; a killed attempt has no end until the next attempt
     * sets one, by its steps. So the time that it worked includes all its waits.
     * The report step does not count, so that a report that is written again has the same figures. Nor does the
     * preflight: while it waits for an answer, nothing is worked.
     */
    private static final String SELECT = """
            with attempt as (
                select row_number() over (order by e.job_execution_id) as number, e.*
                from fuse_batch.runs r
                join fuse_batch.batch_job_execution e on e.job_instance_id = r.job_instance_id
                where r.id = :run
            )
            select a.number, a.status, made.account, made.host, made.version, made.login, made.error,
                   array(select distinct h.account || '@' || h.host from fuse_batch.helpers h
                         where h.job_execution_id = a.job_execution_id order by 1) as helpers,
                   coalesce(a.start_time, a.create_time) at time zone 'UTC' as began,
                   coalesce(extract(epoch from steps.last_sign_of_life - a.start_time - steps.preflight) * 1000, 0)::bigint
                       as millis,
                   steps.deciding_start at time zone 'UTC' as deciding_start,
                   greatest(1, extract(epoch from steps.deciding_end - steps.deciding_start) * 1000)::bigint
                       as deciding_millis,
                   greatest(1, steps.threads)::integer as threads,
                   coalesce(committed.chunks, 0) as chunks, coalesce(committed.users, 0) as users
            from attempt a
            left join fuse_batch.attempts made using (job_execution_id)
            cross join lateral (
                select max(w.last_checked_at) at time zone 'UTC' as last_check
                from fuse_batch.waits w
                where w.run_id = :run and w.attempt = a.number
            ) waits
            cross join lateral (
                select coalesce(
                           max(s.start_time) filter (where s.step_name = 'report'),
                           greatest(max(coalesce(s.end_time, s.last_updated)), a.end_time, waits.last_check))
                           as last_sign_of_life,
                       min(s.start_time) filter (where s.step_name like 'users%') as deciding_start,
                       max(coalesce(s.end_time, s.last_updated)) filter (where s.step_name like 'users%')
                           as deciding_end,
                       round(sum(extract(epoch from coalesce(s.end_time, s.last_updated) - s.start_time))
                                 filter (where s.step_name like 'users:%')
                             / nullif(extract(epoch from max(coalesce(s.end_time, s.last_updated))
                                                             filter (where s.step_name like 'users:%')
                                                         - min(s.start_time) filter (where s.step_name like 'users:%')), 0))
                           as threads,
                       coalesce(
                           sum(coalesce(s.end_time, s.last_updated) - s.start_time) filter (where s.step_name = 'preflight'),
                           interval '0') as preflight
                from fuse_batch.batch_step_execution s
                where s.job_execution_id = a.job_execution_id
            ) steps
            left join (
                select attempt, count(*) as chunks, sum(user_count) as users
                from fuse_batch.run_chunks
                where run_id = :run
                group by attempt
            ) committed on committed.attempt = a.number
            order by a.number
            """;

    private static final String LAST_STATUS = """
            select e.status
            from fuse_batch.runs r
            join fuse_batch.batch_job_execution e on e.job_instance_id = r.job_instance_id
            where r.id = :run
            order by e.job_execution_id desc
            limit 1
            """;

    /** All attempts, in order. */
    public List<AttemptRecord> of(long runId) {
        return jdbc.sql(SELECT)
                .param("run", runId)
                .query(AttemptRecords::attempt)
                .list();
    }

    /** Spring Batch's status of the last attempt; empty if there is none. */
    public Optional<String> lastStatus(long runId) {
        return jdbc.sql(LAST_STATUS).param("run", runId).query(String.class).optional();
    }

    private static AttemptRecord attempt(ResultSet row, int index) throws SQLException {
        String account = row.getString("account");
        return new AttemptRecord(
                row.getInt("number"),
                account == null ? null : new Actor(account, row.getString("host"), row.getString("version")),
                List.of((String[]) row.getArray("helpers").getArray()),
                row.getString("login"),
                row.getString("error"),
                row.getString("status"),
                Objects.requireNonNull(Times.instant(row, "began")),
                Duration.ofMillis(row.getLong("millis")),
                Times.instant(row, "deciding_start"),
                Duration.ofMillis(row.getLong("deciding_millis")),
                row.getInt("threads"),
                row.getLong("chunks"),
                row.getLong("users"));
    }
}
