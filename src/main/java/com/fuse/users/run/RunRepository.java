package com.fuse.users.run;

import com.fuse.users.exit.ExitCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of runs. Each method is one statement, in the caller's transaction if there is one. */
public class RunRepository {

    private static final String COLUMNS = """
            id, command, identifying_column, dry_run, plan_run_id, transfer_admin_to, undone_run_id, with_memberships,
            input_name, input_digest, input_format, row_count, names_successors, job_instance_id, started_at, ended_at,
            exit_code, purge_started_at is not null as purging
            """;

    private static final String NEWEST_MIGRATION = "select max(installed_on) from fuse_batch.flyway_schema_history";

    private static final String SELECT = "select " + COLUMNS + "from fuse_batch.runs ";

    private final JdbcClient jdbc;
    private final Clock clock;

    public RunRepository(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The run with this key that has not ended: the one to resume. */
    public Optional<Run> findOpen(RunKey key) {
        return jdbc.sql(SELECT + "where run_key = :key and ended_at is null")
                .param("key", key.sha256())
                .query(RunRepository::run)
                .optional();
    }

    /** The newest run in earnest of this command on this content, whatever its options, that did what was asked. */
    public Optional<Run> findCompleted(RunDefinition definition) {
        return jdbc.sql(SELECT + """
                        where command = :command and input_digest = :digest and not dry_run and exit_code in (:completed)
                        order by id desc
                        limit 1
                        """)
                .param("command", definition.command())
                .param("digest", definition.inputSha256())
                .param("completed", List.of(ExitCode.OK.status(), ExitCode.SKIPS.status()))
                .query(RunRepository::run)
                .optional();
    }

    /** The run of this number. */
    public Optional<Run> find(long id) {
        return jdbc.sql(SELECT + "where id = :id")
                .param("id", id)
                .query(RunRepository::run)
                .optional();
    }

    /** The newest runs, newest first. */
    public List<Run> newest(int count) {
        return jdbc.sql(SELECT + "order by id desc limit :count")
                .param("count", count)
                .query(RunRepository::run)
                .list();
    }

    /** The plan of this number, if it is the plan that a run of this definition may be held to. */
    boolean isThePlanOf(long id, RunDefinition definition) {
        return jdbc.sql("select exists (select from fuse_batch.runs where id = :id and run_key = :key)")
                .param("id", id)
                .param("key", definition.keyOfThePlan().sha256())
                .query(Boolean.class)
                .single();
    }

    /** Whether no migration was applied since the run of this number began. */
    boolean isOfTheCurrentSchema(long id) {
        return jdbc.sql("select schema_installed_on is not distinct from (" + NEWEST_MIGRATION
                        + ") from fuse_batch.runs where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Makes the record of a run that starts now. */
    public Run create(RunDefinition definition) {
        RunOptions options = definition.options();
        return jdbc.sql("""
                        insert into fuse_batch.runs (
                            command, identifying_column, dry_run, plan_run_id, transfer_admin_to, undone_run_id,
                            with_memberships, run_key, input_name, input_digest, started_at, schema_installed_on)
                        values (
                            :command, :column, :dryRun, :plan, :transferAdminTo, :undone, :withMemberships, :key,
                            :inputName, :inputDigest, :startedAt, (%s))
                        returning %s""".formatted(NEWEST_MIGRATION, COLUMNS))
                .param("command", definition.command())
                .param("column", options.column())
                .param("dryRun", options.dryRun())
                .param("plan", options.planId())
                .param("transferAdminTo", options.transferAdminTo())
                .param("undone", options.undoneRunId())
                .param("withMemberships", options.withMemberships())
                .param("key", definition.key().sha256())
                .param("inputName", definition.inputName())
                .param("inputDigest", definition.inputSha256())
                .param("startedAt", now())
                .query(RunRepository::run)
                .single();
    }

    /** Notes which of Spring Batch's job instances the run is. */
    public void started(long id, long jobInstanceId) {
        jdbc.sql("update fuse_batch.runs set job_instance_id = :instance where id = :id and job_instance_id is null")
                .param("instance", jobInstanceId)
                .param("id", id)
                .update();
    }

    /** Notes what was found in the input. */
    public void staged(long id, String inputFormat, long rowCount, boolean namesSuccessors) {
        jdbc.sql("""
                        update fuse_batch.runs
                        set input_format = :format, row_count = :rows, names_successors = :namesSuccessors
                        where id = :id
                        """)
                .param("format", inputFormat)
                .param("rows", rowCount)
                .param("namesSuccessors", namesSuccessors)
                .param("id", id)
                .update();
    }

    /** Ends the run: it is never resumed. */
    public void end(long id, ExitCode exitCode) {
        jdbc.sql("update fuse_batch.runs set ended_at = :now, exit_code = :exit where id = :id and ended_at is null")
                .param("now", now())
                .param("exit", exitCode.status())
                .param("id", id)
                .update();
    }

    /** Asks whichever process works on the run to stop after its current chunk. */
    public void requestStop(long id) {
        jdbc.sql("update fuse_batch.runs set stop_requested_at = :now where id = :id and ended_at is null")
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** Forgets a stop request, as a new attempt begins. */
    public void clearStopRequest(long id) {
        jdbc.sql("update fuse_batch.runs set stop_requested_at = null where id = :id and stop_requested_at is not null")
                .param("id", id)
                .update();
    }

    /**
     * Whether the records of the plan that the run is held to, or of the run that it undoes, are being removed. Once the
     * run is there this no longer changes: a purge begins only where no run refers to what it removes.
     */
    public boolean refersToPurgedRun(long id) {
        return jdbc.sql("""
                        select exists (
                            select from fuse_batch.runs r
                            join fuse_batch.runs p on p.id in (r.plan_run_id, r.undone_run_id)
                            where r.id = :id and p.purge_started_at is not null)
                        """).param("id", id).query(Boolean.class).single();
    }

    /** Whether anything of the run is committed beyond its staged input. */
    public boolean hasChunks(long id) {
        return jdbc.sql("select exists (select from fuse_batch.run_chunks where run_id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        RunOptions options = new RunOptions(
                row.getString("identifying_column"),
                row.getBoolean("dry_run"),
                row.getObject("plan_run_id", Long.class),
                row.getObject("transfer_admin_to", Long.class),
                row.getObject("undone_run_id", Long.class),
                row.getBoolean("with_memberships"));
        return new Run(
                row.getLong("id"),
                row.getString("command"),
                options,
                row.getString("input_name"),
                Run.hex(row.getBytes("input_digest")),
                row.getString("input_format"),
                row.getObject("row_count", Long.class),
                row.getBoolean("names_successors"),
                row.getObject("job_instance_id", Long.class),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(row, "ended_at"),
                row.getObject("exit_code", Integer.class),
                row.getBoolean("purging"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
