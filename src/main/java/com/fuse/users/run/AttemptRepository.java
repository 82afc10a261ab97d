package com.fuse.users.run;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of attempts. Each method is one statement, in the caller's transaction if there is one. */
public record AttemptRepository(JdbcClient jdbc) {

    /** Records who makes the attempt that this job execution is. */
    public void started(long jobExecution, Actor actor) {
        jdbc.sql("""
                        insert into fuse_batch.attempts (job_execution_id, account, host, version)
                        values (:execution, :account, :host, :version)
                        """)
                .param("execution", jobExecution)
                .param("account", actor.account())
                .param("host", actor.host())
                .param("version", actor.version())
                .update();
    }

    /** Records why the attempt was refused or failed, in one line for people. */
    public void failed(long jobExecution, String error) {
        jdbc.sql("update fuse_batch.attempts set error = :error where job_execution_id = :execution")
                .param("error", error)
                .param("execution", jobExecution)
                .update();
    }
}
