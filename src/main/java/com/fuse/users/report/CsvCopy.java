package com.fuse.users.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets the database write the result of a query as CSV, in constant memory and in the caller's transaction. */
public final class CsvCopy {

    private final JdbcTemplate jdbc;

    public CsvCopy(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * Passes a value to the queries of this transaction, which read it by {@code current_setting('fuse_users.NAME')}: COPY
     * takes no parameters.
     */
    public void set(String name, String value) {
        jdbc.queryForObject("select set_config(?, ?, true)", String.class, "fuse_users." + name, value);
    }

    /** Changes a setting of the server until the transaction ends. */
    public void configure(String statement) {
        jdbc.execute(statement);
    }

    /**
     * Writes a header and the rows, in UTF-8 and with a line feed at the end of each record.
     *
     * @param query a constant of the program
     * @return the number of rows
     * @throws IOException if the target does not accept them; part of them may have been written
     */
    public long write(String query, OutputStream target) throws IOException {
        try {
            return Objects.requireNonNull(jdbc.execute((Connection connection) -> copy(connection, query, target)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Reads to the end even if the target fails: to cancel a COPY leaves the connection unusable for the rollback. */
    private static Long copy(Connection connection, String query, OutputStream target) throws SQLException {
        CopyOut rows = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (" + query + ") to stdout (format csv, header)");
        IOException failure = null;
        for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
            try {
                if (failure == null) {
                    target.write(row);
                }
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new UncheckedIOException(failure);
        }
        return rows.getHandledRowCount();
    }
}
