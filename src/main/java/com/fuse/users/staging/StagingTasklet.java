package com.fuse.users.staging;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunRepository;
import com.fuse.users.staging.RowSource.StagedRows;
import com.fuse.users.staging.RowSource.Staging;
import java.sql.Connection;
import java.time.Clock;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Brings all rows into the database, in one transaction: after it, nothing reads their source again. A source that
 * cannot be read to its end leaves nothing behind.
 */
public class StagingTasklet implements Tasklet {

    private final DataSource dataSource;
    private final RunRepository runs;
    private final Clock clock;
    private final Run run;
    private final RowSource rows;
    private final RunMonitor monitor;
    private final StopSignal stop;

    public StagingTasklet(
            DataSource dataSource,
            RunRepository runs,
            Clock clock,
            Run run,
            RowSource rows,
            RunMonitor monitor,
            StopSignal stop) {
        this.dataSource = dataSource;
        this.runs = runs;
        this.clock = clock;
        this.run = run;
        this.rows = rows;
        this.monitor = monitor;
        this.stop = stop;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
        // Spring Batch notes that the step is over in a transaction after this one; a process can die between the two.
        if (runs.find(run.id()).orElseThrow().rowCount() != null) {
            return RepeatStatus.FINISHED;
        }
        if (runs.refersToPurgedRun(run.id())) {
            throw new RefusedException(
                    ExitCode.USAGE,
                    "the run that is named is being purged, and with it what it did; choose another one");
        }
        Connection connection = DataSourceUtils.getConnection(dataSource);
        Staging staging = new Staging(connection, run, clock.instant().atOffset(ZoneOffset.UTC), monitor, stop);
        StagedRows staged = rows.stage(staging);
        staging.jdbc().sql("select fuse_batch.analyze_staged_rows()").query().listOfRows();
        runs.staged(run.id(), staged.format(), staged.count(), staged.namesSuccessors());
        return RepeatStatus.FINISHED;
    }
}
