package com.fuse.users.staging;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.StagedInput;
import com.fuse.users.staging.RowSource.Staging;
import java.sql.Connection;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Copies all rows into the database in one transaction; later steps do not read the source. If the source cannot be
 * read to its end, no row stays. The step's write count is the number of staged rows.
 */
public class StagingTasklet implements Tasklet {

    private final RunDatabase database;
    private final RunRepository runs;
    private final RowSource rows;
    private final AttemptState attempt;

    public StagingTasklet(RunDatabase database, RunRepository runs, RowSource rows, AttemptState attempt) {
        this.database = database;
        this.runs = runs;
        this.rows = rows;
        this.attempt = attempt;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
        Run run = attempt.run();
        // Spring Batch records the end of the step in a later transaction; a process can die between the two.
        if (runs.find(run.id()).orElseThrow().rowCount() != null) {
            return RepeatStatus.FINISHED;
        }
        if (runs.purged().areNeededBy(run.id())) {
            throw new RefusedException(
                    ExitCode.USAGE,
                    "the records of the run that this command names are being purged; name another run");
        }
        Connection connection = DataSourceUtils.getConnection(database.dataSource());
        Staging staging = new Staging(connection, run, database.now(), attempt.monitor(), attempt.stop());
        StagedInput staged = rows.stage(staging);
        staging.jdbc().sql("select fuse_batch.analyze_staged_rows()").query().listOfRows();
        runs.staged(run.id(), staged);
        contribution.incrementWriteCount(staged.rows());
        return RepeatStatus.FINISHED;
    }
}
