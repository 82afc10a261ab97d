package com.fuse.users.staging;

import com.fuse.users.liveness.StopSignal;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.StagedInput;
import java.sql.Connection;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The source of a run's rows. */
public interface RowSource {

    /**
     * Writes all rows into {@code run_rows}, each user whom they name once into {@code run_users}, and the outcome of
     * every row that adds no user into {@code run_outcomes}. Uses this connection and its transaction, which is
     * REPEATABLE READ.
     *
     * @throws Exception if the rows cannot be read to the end; roll the transaction back
     */
    StagedInput stage(Staging staging) throws Exception;

    /**
     * The context of a row source.
     *
     * @param now the time of the outcomes
     */
    record Staging(Connection connection, Run run, OffsetDateTime now, RunMonitor monitor, StopSignal stop) {

        /** Statements on the connection. */
        public JdbcClient jdbc() {
            return JdbcClient.create(new SingleConnectionDataSource(connection, true));
        }
    }
}
