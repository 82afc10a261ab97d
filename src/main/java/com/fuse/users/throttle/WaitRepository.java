package com.fuse.users.throttle;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of waits, by the database's clock. Each method is one statement, in the caller's transaction if there is one. */
public record WaitRepository(JdbcClient jdbc) {

    private static final String BEGIN = """
            insert into fuse_batch.waits (run_id, attempt, reason)
            select r.id, count(*), :reason
            from fuse_batch.runs r
            join fuse_batch.batch_job_execution e using (job_instance_id)
            where r.id = :run
            group by r.id
            returning id
            """;

    private static final String TOTALS = """
            select reason, count(*) as times,
                   (extract(epoch from sum(last_checked_at - began_at)) * 1000)::bigint as millis
            from fuse_batch.waits
            where run_id = :run
            group by reason
            order by millis desc, reason
            """;

    /** Records that the newest attempt begins to wait, and returns the number of the wait. */
    long begin(long run, WaitReason reason) {
        return jdbc.sql(BEGIN)
                .param("run", run)
                .param("reason", reason.code())
                .query(Long.class)
                .single();
    }

    /** Records that the wait lasts until now. If the process dies, the record ends with the last check. */
    void extend(long run, long wait) {
        jdbc.sql(
                        "update fuse_batch.waits set last_checked_at = greatest(began_at, clock_timestamp()) where run_id = :run and id = :id")
                .param("run", run)
                .param("id", wait)
                .update();
    }

    /** How often and how long the run has waited for each reason, the longest first. */
    public List<WaitTotal> totals(long run) {
        return jdbc.sql(TOTALS)
                .param("run", run)
                .query((row, number) -> new WaitTotal(
                        WaitReason.of(row.getString("reason")),
                        row.getLong("times"),
                        Duration.ofMillis(row.getLong("millis"))))
                .list();
    }
}
