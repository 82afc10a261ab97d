package com.fuse.users.run;

import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.csv.Identifier;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.database.Times;
import com.fuse.users.input.InputKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Reads a run from a row of the table of runs. */
final class RunRow {

    /** The columns of the row. */
    static final String COLUMNS = """
            id, command, identifying_column, no_header, identifier, dry_run, plan_run_id, transfer_admin_to,
            undone_run_id, with_memberships, reason, input_kind, input_name, input_digest, input_format, input_notes,
            identified_by, states_active, row_count, names_successors, job_instance_id, started_at, ended_at, exit_code,
            abandoned, database_host, database_port, database_name, database_login,
            case when ended_at is null then pause_requested_at end as paused_since,
            purge_started_at is not null as purging
            """;

    private RunRow() {}

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static ColumnChoice columns(ResultSet row) throws SQLException {
        String identifier = row.getString("identifier");
        return new ColumnChoice(
                row.getString("identifying_column"),
                row.getBoolean("no_header"),
                identifier == null ? null : Identifier.of(identifier));
    }

    /** The run of the current row. */
    static Run run(ResultSet row, int number) throws SQLException {
        RunOptions options = new RunOptions(
                columns(row),
                row.getBoolean("dry_run"),
                row.getObject("plan_run_id", Long.class),
                row.getObject("transfer_admin_to", Long.class),
                row.getObject("undone_run_id", Long.class),
                row.getBoolean("with_memberships"));
        return new Run(
                row.getLong("id"),
                row.getString("command"),
                options,
                row.getString("reason"),
                InputKind.valueOf(row.getString("input_kind").toUpperCase(Locale.ROOT)),
                row.getString("input_name"),
                Run.hex(row.getBytes("input_digest")),
                row.getString("input_format"),
                texts(row, "input_notes"),
                texts(row, "identified_by").stream().map(Identifier::of).toList(),
                row.getBoolean("states_active"),
                row.getObject("row_count", Long.class),
                row.getBoolean("names_successors"),
                row.getObject("job_instance_id", Long.class),
                Objects.requireNonNull(Times.instant(row, "started_at")),
                Times.instant(row, "ended_at"),
                row.getObject("exit_code", Integer.class),
                row.getBoolean("abandoned"),
                new DatabaseLogin(
                        row.getString("database_host"),
                        row.getInt("database_port"),
                        row.getString("database_name"),
                        row.getString("database_login")),
                Times.instant(row, "paused_since"),
                row.getBoolean("purging"));
    }
}
