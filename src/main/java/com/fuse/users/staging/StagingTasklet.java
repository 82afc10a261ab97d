package com.fuse.users.staging;

import com.fuse.users.input.FormatDetector;
import com.fuse.users.input.InputFormat;
import com.fuse.users.input.UserRecordReader;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.RunRequest;
import com.fuse.users.run.StopSignal;
import java.sql.Connection;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Brings the whole input into the database, in one transaction: after it, nothing reads the file again. An input that
 * cannot be read to its end leaves nothing behind.
 */
public class StagingTasklet implements Tasklet {

    private static final int NETWORK_TIMEOUT_MILLIS = 15 * 60 * 1000;

    private final DataSource dataSource;
    private final RunRepository runs;
    private final Run run;
    private final RunRequest request;
    private final RunMonitor monitor;
    private final RowCopier copier;
    private final TargetResolver resolver;

    public StagingTasklet(
            DataSource dataSource,
            RunRepository runs,
            Clock clock,
            Run run,
            RunRequest request,
            RunMonitor monitor,
            StopSignal stop) {
        this.dataSource = dataSource;
        this.runs = runs;
        this.run = run;
        this.request = request;
        this.monitor = monitor;
        this.copier = new RowCopier(monitor, stop);
        this.resolver = new TargetResolver(JdbcClient.create(dataSource), clock);
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
        // Spring Batch notes that the step is over in a transaction after this one; a process can die between the two.
        if (runs.find(run.id()).orElseThrow().rowCount() != null) {
            return RepeatStatus.FINISHED;
        }
        InputFormat format = new FormatDetector().detect(request.input(), request.digest(), request.column());
        monitor.noted("Input: " + format.describe());
        monitor.taskStarted("Staging", 0, -1);
        try (UserRecordReader reader = new UserRecordReader(request.input(), request.digest(), format)) {
            Connection connection = DataSourceUtils.getConnection(dataSource);
            // One statement over the whole input may take longer than any other; the pool sets it back.
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            long rows = copier.copy(connection, run.id(), reader);
            resolver.resolve(run.id(), format.identifier());
            runs.staged(run.id(), format.describe(), rows);
        } finally {
            monitor.taskEnded();
        }
        return RepeatStatus.FINISHED;
    }
}
