package com.fuse.users.run;

import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of attempts and of those who helped. Each method is one statement, in the caller's transaction if there is one. */
public record AttemptRepository(JdbcClient jdbc) {

    private static final String OPEN = """
            select e.job_execution_id as job_execution,
                   (select count(*) from fuse_batch.batch_job_execution earlier
                    where earlier.job_instance_id = e.job_instance_id
                      and earlier.job_execution_id <= e.job_execution_id) as number,
                   a.lock_pid, a.host, a.version,
                   exists (select from fuse_batch.batch_step_execution s
                           where s.job_execution_id = e.job_execution_id and s.step_name like 'users:%') as sharing
            from fuse_batch.runs r
            join fuse_batch.batch_job_execution e using (job_instance_id)
            join fuse_batch.attempts a using (job_execution_id)
            where r.id = :run and e.status in ('STARTING', 'STARTED')
            """;

    private static final String WHY_STOPPED = """
            select a.error
            from fuse_batch.runs r
            join fuse_batch.batch_job_execution e using (job_instance_id)
            join fuse_batch.attempts a using (job_execution_id)
            where r.id = :run and e.status = 'STOPPED' and a.error is not null
              and not exists (select from fuse_batch.batch_job_execution later
                              where later.job_instance_id = e.job_instance_id
                                and later.job_execution_id > e.job_execution_id)
            """;

    /**
     * Records who makes the attempt that this job execution is.
     *
     * @param lockPid the server process that holds the run's lock
     */
    public void started(long jobExecution, Actor actor, long lockPid) {
        jdbc.sql("""
                        insert into fuse_batch.attempts (job_execution_id, account, host, version, lock_pid)
                        values (:execution, :account, :host, :version, :lockPid)
                        """)
                .param("lockPid", lockPid)
                .param("execution", jobExecution)
                .param("account", actor.account())
                .param("host", actor.host())
                .param("version", actor.version())
                .update();
    }

    /** The attempt that has not ended; its process may have died. Empty if there is none, or if its process is just beginning it. */
    public Optional<OpenAttempt> findOpen(long run) {
        return jdbc.sql(OPEN).param("run", run).query(OpenAttempt.class).optional();
    }

    /** Records who helps with an attempt. */
    public void helped(long jobExecution, Actor helper) {
        jdbc.sql("""
                        insert into fuse_batch.helpers (job_execution_id, account, host)
                        values (:execution, :account, :host)
                        """)
                .param("execution", jobExecution)
                .param("account", helper.account())
                .param("host", helper.host())
                .update();
    }

    /** Why the newest attempt ended, if it was stopped without a request; empty otherwise. */
    public Optional<String> whyStopped(long run) {
        return jdbc.sql(WHY_STOPPED).param("run", run).query(String.class).optional();
    }

    /**
     * Records how the attempt ended.
     *
     * @param error why it was refused, failed or stopped without a request, in one line for people; null if it was not
     */
    public void ended(long jobExecution, @Nullable String error) {
        jdbc.sql("update fuse_batch.attempts set error = :error where job_execution_id = :execution")
                .param("error", error, Types.VARCHAR)
                .param("execution", jobExecution)
                .update();
    }
}
