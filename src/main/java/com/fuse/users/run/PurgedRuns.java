package com.fuse.users.run;

import com.fuse.users.database.Times;
import com.fuse.users.exit.ExitCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The traces of purged runs. Each method is one statement, in the caller's transaction if there is one. */
public class PurgedRuns {

    /** One statement, because a purge between two would hide the run from both. */
    private static final String COMPLETED = """
            select id, ended_at, abandoned, purged
            from (
                select id, ended_at, exit_code, abandoned, false as purged from fuse_batch.runs
                where command = :command and input_digest = :digest and not dry_run
                union all
                select run_id, ended_at, exit_code, abandoned, true from fuse_batch.purged_runs
                where command = :command and input_digest = :digest and not dry_run
            ) ended
            where abandoned or exit_code in (:completed)
            order by id desc
            limit 1
            """;

    private final JdbcClient jdbc;

    public PurgedRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Leaves the trace of a run that has ended and is removed in the same transaction. */
    public void add(long run, Clock clock) {
        jdbc.sql("""
                        insert into fuse_batch.purged_runs (
                            run_id, command, dry_run, input_digest, ended_at, exit_code, abandoned, purged_at)
                        select id, command, dry_run, input_digest, ended_at, exit_code, abandoned, :now
                        from fuse_batch.runs
                        where id = :run
                        """).param("now", Times.now(clock)).param("run", run).update();
    }

    /** The purged run with this number. */
    public Optional<PurgedRun> find(long run) {
        return jdbc.sql("select run_id, purged_at, purged_by from fuse_batch.purged_runs where run_id = :run")
                .param("run", run)
                .query((row, number) -> new PurgedRun(
                        row.getLong("run_id"),
                        Objects.requireNonNull(Times.instant(row, "purged_at")),
                        row.getString("purged_by")))
                .optional();
    }

    /**
     * Whether the run's plan, or the run that it undoes, is being purged. This never changes once the run is recorded: a
     * purge starts only if no run refers to the records that it removes.
     */
    public boolean areNeededBy(long id) {
        return jdbc.sql("""
                        select exists (
                            select from fuse_batch.runs r
                            join fuse_batch.runs p on p.id in (r.plan_run_id, r.undone_run_id)
                            where r.id = :id and p.purge_started_at is not null)
                        """).param("id", id).query(Boolean.class).single();
    }

    /**
     * The newest run of this command on this content, with any options, that was completed or abandoned and was not a dry
     * run.
     */
    Optional<Completion> findCompleted(RunDefinition definition) {
        return jdbc.sql(COMPLETED)
                .param("command", definition.command())
                .param("digest", definition.inputSha256())
                .param("completed", List.of(ExitCode.OK.status(), ExitCode.SKIPS.status()))
                .query(PurgedRuns::completion)
                .optional();
    }

    private static Completion completion(ResultSet row, int number) throws SQLException {
        return new Completion(
                row.getLong("id"),
                Objects.requireNonNull(Times.instant(row, "ended_at")),
                row.getBoolean("abandoned"),
                row.getBoolean("purged"));
    }
}
