package com.fuse.users.staging;

import com.fuse.users.input.Identifier;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import java.sql.Connection;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Where the rows of a run come from. */
public interface RowSource {

    /**
     * Puts the rows into {@code run_rows}; the users whom they name, each once, into {@code run_users}; and the outcome
     * of every row that leads to neither into {@code run_outcomes}. All on the connection, in its transaction, which is
     * REPEATABLE READ.
     *
     * @throws Exception if the rows cannot be had to the last; the transaction is to be rolled back
     */
    StagedRows stage(Staging staging) throws Exception;

    /**
     * What a row source works with.
     *
     * @param now the moment at which the outcomes are decided
     */
    record Staging(Connection connection, Run run, OffsetDateTime now, RunMonitor monitor, StopSignal stop) {

        /** Statements on the connection. */
        public JdbcClient jdbc() {
            return JdbcClient.create(new SingleConnectionDataSource(connection, true));
        }
    }

    /**
     * What was staged.
     *
     * @param format the detected format of the input, in one line
     * @param identifier how the rows name their users
     * @param count how many rows there are
     * @param namesSuccessors whether an admin may have a successor
     */
    record StagedRows(String format, Identifier identifier, long count, boolean namesSuccessors) {}
}
