package com.fuse.users.staging;

import com.fuse.users.csv.Identifier;
import com.fuse.users.csv.InputFormat;
import com.fuse.users.csv.UserRecord;
import com.fuse.users.csv.UserRecord.Names;
import com.fuse.users.csv.UserRecordReader;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.run.RunMonitor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.batch.core.job.JobInterruptedException;

/** Streams the input's records into {@code fuse_batch.run_rows} by COPY, in constant memory. */
final class RowCopier {

    private static final String COPY = "copy fuse_batch.run_rows (%s) from stdin (format csv)";

    private static final String COLUMNS = "run_id, line, input, user_id, successor, problem";

    /** Only rows that name users otherwise than by an ID alone have these; a row with fewer columns is staged faster. */
    private static final String FURTHER_COLUMNS = COLUMNS + ", username, email, active, shown, swallowed";

    private static final int COPY_BUFFER_BYTES = 64 * 1024;
    private static final int ROWS_PER_REPORT = 10_000;

    private final boolean byIdAlone;
    private final RunMonitor monitor;
    private final StopSignal stop;

    RowCopier(InputFormat format, RunMonitor monitor, StopSignal stop) {
        this.byIdAlone = format.identifiers().equals(List.of(Identifier.USER_ID)) && !format.statesActive();
        this.monitor = monitor;
        this.stop = stop;
    }

    /**
     * Copies all records, in the connection's transaction.
     *
     * @throws JobInterruptedException if the process is asked to stop meanwhile; roll the transaction back
     */
    Copied copy(Connection connection, long runId, UserRecordReader reader)
            throws SQLException, IOException, JobInterruptedException {
        PGCopyOutputStream copy = new PGCopyOutputStream(
                connection.unwrap(PGConnection.class),
                COPY.formatted(byIdAlone ? COLUMNS : FURTHER_COLUMNS),
                COPY_BUFFER_BYTES);
        long rows = 0;
        boolean swallowed = false;
        try {
            CSVPrinter printer = new CSVPrinter(
                    new BufferedWriter(new OutputStreamWriter(copy, StandardCharsets.UTF_8), COPY_BUFFER_BYTES),
                    CSVFormat.POSTGRESQL_CSV);
            for (UserRecord row = reader.read(); row != null; row = reader.read()) {
                print(row, runId, connection, printer);
                swallowed |= !row.swallowed().isEmpty();
                if (++rows % ROWS_PER_REPORT == 0) {
                    monitor.advanced(ROWS_PER_REPORT);
                    checkStop();
                }
            }
            printer.flush();
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        return new Copied(rows, swallowed, reader.notes());
    }

    private void print(UserRecord row, long runId, Connection connection, CSVPrinter printer)
            throws SQLException, IOException {
        printer.print(runId);
        printer.print(row.line());
        printer.print(row.value());
        printer.print(row.userId());
        printer.print(row.successor());
        printer.print(row.problem());
        if (!byIdAlone) {
            Names names = row.names();
            printer.print(names == null ? null : names.username());
            printer.print(names == null ? null : names.email());
            printer.print(row.active());
            printer.print(row.shown());
            printer.print(
                    row.swallowed().isEmpty()
                            ? null
                            : connection.createArrayOf("text", row.swallowed().toArray()));
        }
        printer.println();
    }

    /**
     * The result of a copy.
     *
     * @param rows the number of records
     * @param swallowed whether a row is malformed only if a username exists
     * @param notes what the operator should know about the content
     */
    record Copied(long rows, boolean swallowed, List<String> notes) {}

    private void checkStop() throws JobInterruptedException {
        if (stop.isRequested()) {
            throw new JobInterruptedException("stopped while the input was staged");
        }
    }
}
