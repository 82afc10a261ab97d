package com.fuse.users.staging;

import com.fuse.users.input.UserRecord;
import com.fuse.users.input.UserRecordReader;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.run.RunMonitor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.batch.core.job.JobInterruptedException;

/** Streams the input's records into {@code fuse_batch.run_rows} by COPY, in constant memory. */
final class RowCopier {

    private static final String COPY =
            "copy fuse_batch.run_rows (run_id, line, input, user_id, successor, problem) from stdin (format csv)";

    private static final int COPY_BUFFER_BYTES = 64 * 1024;
    private static final int ROWS_PER_REPORT = 10_000;

    private final RunMonitor monitor;
    private final StopSignal stop;

    RowCopier(RunMonitor monitor, StopSignal stop) {
        this.monitor = monitor;
        this.stop = stop;
    }

    /**
     * Copies all records, in the connection's transaction.
     *
     * @return the number of records
     * @throws JobInterruptedException if the process is asked to stop meanwhile; roll the transaction back
     */
    long copy(Connection connection, long runId, UserRecordReader reader)
            throws SQLException, IOException, JobInterruptedException {
        PGCopyOutputStream copy =
                new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY, COPY_BUFFER_BYTES);
        long rows = 0;
        try {
            CSVPrinter printer = new CSVPrinter(
                    new BufferedWriter(new OutputStreamWriter(copy, StandardCharsets.UTF_8), COPY_BUFFER_BYTES),
                    CSVFormat.POSTGRESQL_CSV);
            for (UserRecord row = reader.read(); row != null; row = reader.read()) {
                printer.printRecord(runId, row.line(), row.value(), row.userId(), row.successor(), row.problem());
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
        return rows;
    }

    private void checkStop() throws JobInterruptedException {
        if (stop.isRequested()) {
            throw new JobInterruptedException("stopped while the input was staged");
        }
    }
}
