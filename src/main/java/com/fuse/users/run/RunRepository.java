package com.fuse.users.run;

import com.fuse.users.csv.Identifier;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.database.Times;
import com.fuse.users.exit.ExitCode;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of runs. Each method is one statement, in the caller's transaction if there is one. */
public class RunRepository {

    private static final String SELECT = "select " + RunRow.COLUMNS + "from fuse_batch.runs ";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final DatabaseLogin database;

    /** @param database where the runs are made from here on */
    public RunRepository(JdbcClient jdbc, Clock clock, DatabaseLogin database) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.database = database;
    }

    /** The run with this key that has not ended: the one to resume. */
    public Optional<Run> findOpen(RunKey key) {
        return jdbc.sql(SELECT + "where run_key = :key and ended_at is null")
                .param("key", key.sha256())
                .query(RunRow::run)
                .optional();
    }

    /**
     * The newest run of this command on this content, with any options, that was completed or abandoned and was not a dry
     * run; even if purged.
     */
    public Optional<Completion> findCompleted(RunDefinition definition) {
        return purged().findCompleted(definition);
    }

    /** The traces of the runs that were purged. */
    public PurgedRuns purged() {
        return new PurgedRuns(jdbc);
    }

    /** The commands that opened the runs. */
    public CommandRepository commands() {
        return new CommandRepository(jdbc, clock);
    }

    /** What makes a run a plan. */
    Plans plans() {
        return new Plans(jdbc);
    }

    /** What operators ask of the process that works on a run. */
    public OperatorRequests requests() {
        return new OperatorRequests(jdbc, clock);
    }

    /** The attempts at the runs. */
    public AttemptRepository attempts() {
        return new AttemptRepository(jdbc);
    }

    /** The number of the newest run with this key that has ended; 0 if there is none. */
    public long newestEnded(RunKey key) {
        return jdbc.sql(
                        "select coalesce(max(id), 0) from fuse_batch.runs where run_key = :key and ended_at is not null")
                .param("key", key.sha256())
                .query(Long.class)
                .single();
    }

    /** The run with this number. */
    public Optional<Run> find(long id) {
        return jdbc.sql(SELECT + "where id = :id")
                .param("id", id)
                .query(RunRow::run)
                .optional();
    }

    /** The key under which the run with this number is resumed, and of its lock. */
    public RunKey key(long id) {
        return new RunKey(jdbc.sql("select run_key from fuse_batch.runs where id = :id")
                .param("id", id)
                .query(byte[].class)
                .single());
    }

    /** The newest runs with lower numbers than this, newest first. */
    public List<Run> newest(long below, int count) {
        return jdbc.sql(SELECT + "where id < :below order by id desc limit :count")
                .param("below", below)
                .param("count", count)
                .query(RunRow::run)
                .list();
    }

    /**
     * Records a run that starts now.
     *
     * @param reason why the run is made; null if the operator does not say
     */
    public Run create(RunDefinition definition, @Nullable String reason) {
        RunOptions options = definition.options();
        return jdbc.sql("""
                        insert into fuse_batch.runs (
                            command, identifying_column, no_header, identifier, dry_run, plan_run_id,
                            transfer_admin_to, undone_run_id, with_memberships, reason, run_key, input_kind, input_name, input_digest, started_at,
                            database_host, database_port, database_name, database_login, schema_installed_on, global_community_id)
                        values (
                            :command, :column, :noHeader, :identifier, :dryRun, :plan, :transferAdminTo, :undone,
                            :withMemberships, :reason, :key, :inputKind, :inputName, :inputDigest, :startedAt,
                            :host, :port, :database, :login, (%s), (select id from public.communities where is_global))
                        returning %s""".formatted(Plans.NEWEST_MIGRATION, RunRow.COLUMNS))
                .param("command", definition.command())
                .param("column", options.columns().column())
                .param("noHeader", options.columns().noHeader())
                .param("identifier", text(options.columns().identifier()), Types.VARCHAR)
                .param("dryRun", options.dryRun())
                .param("plan", options.planId())
                .param("transferAdminTo", options.transferAdminTo())
                .param("undone", options.undoneRunId())
                .param("withMemberships", options.withMemberships())
                .param("reason", reason, Types.VARCHAR)
                .param("key", definition.key().sha256())
                .param("inputKind", stored(definition.inputKind()))
                .param("inputName", definition.inputName())
                .param("inputDigest", definition.inputSha256())
                .param("startedAt", Times.now(clock))
                .param("host", database.host())
                .param("port", database.port())
                .param("database", database.name())
                .param("login", database.login())
                .query(RunRow::run)
                .single();
    }

    /** Records the run's job instance in Spring Batch. */
    public void started(long id, long jobInstanceId) {
        jdbc.sql("update fuse_batch.runs set job_instance_id = :instance where id = :id and job_instance_id is null")
                .param("instance", jobInstanceId)
                .param("id", id)
                .update();
    }

    /** Records what the staging step found in the input. */
    public void staged(long id, StagedInput input) {
        jdbc.sql("""
                        update fuse_batch.runs
                        set input_format = :format, input_notes = :notes, identified_by = :identifiedBy,
                            states_active = :statesActive, row_count = :rows, names_successors = :namesSuccessors
                        where id = :id
                        """)
                .param("format", input.format())
                .param("notes", input.notes().toArray(String[]::new))
                .param(
                        "identifiedBy",
                        input.identifiedBy().stream().map(Identifier::toString).toArray(String[]::new))
                .param("statesActive", input.statesActive())
                .param("rows", input.rows())
                .param("namesSuccessors", input.namesSuccessors())
                .param("id", id)
                .update();
    }

    /** Ends the run, so that it is never resumed. */
    public void end(long id, ExitCode exitCode) {
        end(id, exitCode, false);
    }

    /** Ends the run half-way, so that it is never resumed. The exit code tells a stop from a failure. */
    public void abandon(long id, ExitCode exitCode) {
        end(id, exitCode, true);
    }

    private void end(long id, ExitCode exitCode, boolean abandoned) {
        jdbc.sql("update fuse_batch.runs set ended_at = :now, exit_code = :exit, abandoned = :abandoned"
                        + " where id = :id and ended_at is null")
                .param("now", Times.now(clock))
                .param("exit", exitCode.status())
                .param("abandoned", abandoned)
                .param("id", id)
                .update();
    }

    /** Ends the run, because every row has its outcome. */
    public void complete(long id, ExitCode exitCode, long changedUsers, long skippedRows) {
        jdbc.sql("update fuse_batch.runs set ended_at = :now, exit_code = :exit, changed_users = :changed,"
                        + " skipped_rows = :skipped where id = :id and ended_at is null")
                .param("now", Times.now(clock))
                .param("exit", exitCode.status())
                .param("changed", changedUsers)
                .param("skipped", skippedRows)
                .param("id", id)
                .update();
    }

    /** How many users the run has deactivated. */
    public long countDeactivated(long id) {
        return jdbc.sql("select count(*) from fuse_batch.run_outcomes where run_id = :id and outcome = 'DEACTIVATED'")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    /**
     * Prepares an open run for another attempt: an earlier stop request is over, and the attempt is made here. A paused run
     * stays paused.
     *
     * @param reason replaces the run's reason; null keeps it
     */
    public Run reopen(long id, @Nullable String reason) {
        return jdbc.sql("""
                        update fuse_batch.runs
                        set stop_requested_at = null, database_host = :host, database_port = :port,
                            database_name = :database, database_login = :login,
                            reason = coalesce(:reason, reason)
                        where id = :id
                        returning %s""".formatted(RunRow.COLUMNS))
                .param("host", database.host())
                .param("port", database.port())
                .param("database", database.name())
                .param("login", database.login())
                .param("reason", reason, Types.VARCHAR)
                .param("id", id)
                .query(RunRow::run)
                .single();
    }

    /** Whether a chunk of the run is committed. */
    public boolean hasChunks(long id) {
        return jdbc.sql("select exists (select from fuse_batch.run_chunks where run_id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** The table has the names of enums in lower case. */
    private static String stored(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
