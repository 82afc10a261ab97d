package com.fuse.users.liveness;

import com.fuse.users.database.Times;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database as a run uses it: connections that can be cut off, transactions, and the run's clock. Thread-safe. */
public final class RunDatabase {

    private final InterruptibleDataSource dataSource;
    private final PlatformTransactionManager transactionManager;
    private final Clock clock;
    private final JdbcClient jdbc;
    private final JdbcClient patientJdbc;

    /** @param transactionManager manages the transactions of this data source */
    public RunDatabase(InterruptibleDataSource dataSource, PlatformTransactionManager transactionManager, Clock clock) {
        this.dataSource = dataSource;
        this.transactionManager = transactionManager;
        this.clock = clock;
        this.jdbc = JdbcClient.create(dataSource);
        this.patientJdbc = JdbcClient.create(dataSource.patient());
    }

    /** Its connections. */
    public InterruptibleDataSource dataSource() {
        return dataSource;
    }

    /** Makes the transactions that {@link #jdbc()} takes part in. */
    public PlatformTransactionManager transactionManager() {
        return transactionManager;
    }

    /** For statements in the caller's transaction, if there is one. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** For statements over a whole input, which take longer than a chunk's; never in a transaction. */
    public JdbcClient patientJdbc() {
        return patientJdbc;
    }

    /** Gives the caller's transaction time for statements over a whole input. */
    public void giveTime() {
        limitTime(InterruptibleDataSource.PATIENCE);
    }

    /** Limits how long the caller's transaction waits for each answer of the server. */
    public void limitTime(Duration answer) {
        try {
            DataSourceUtils.getConnection(dataSource)
                    .setNetworkTimeout(Runnable::run, Math.toIntExact(answer.toMillis()));
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the connection is lost", e);
        }
    }

    /** The time of the run's clock, as a parameter. */
    public OffsetDateTime now() {
        return Times.now(clock);
    }

    /** Does work in its own transaction. */
    public <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(new TransactionTemplate(transactionManager).execute(status -> work.get()));
    }
}
