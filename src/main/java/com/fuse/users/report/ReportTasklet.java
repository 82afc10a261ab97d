package com.fuse.users.report;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.history.RunSummary;
import com.fuse.users.preflight.PreflightTasklet;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.RunRequest;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Accounts for every row, writes the report and ends the run, in one transaction: a run whose report could not be
 * written has not ended, and the same command writes it.
 */
public class ReportTasklet implements Tasklet {

    private final RunRepository runs;
    private final RunSummaries summaries;
    private final RunReport report;
    private final Run run;
    private final RunRequest request;
    private final RunMonitor monitor;

    public ReportTasklet(
            RunRepository runs,
            RunSummaries summaries,
            RunReport report,
            Run run,
            RunRequest request,
            RunMonitor monitor) {
        this.runs = runs;
        this.summaries = summaries;
        this.report = report;
        this.run = run;
        this.request = request;
        this.monitor = monitor;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
        ExecutionContext context =
                contribution.getStepExecution().getJobExecution().getExecutionContext();
        RunSummary decided = summaries.find(run.id()).orElseThrow();
        if (!decided.isAccountedFor()) {
            throw new AccountingException(
                    "run %d read %s rows but has %d outcomes: a defect of the program, to be reported; nothing is lost"
                            .formatted(run.id(), decided.run().rowCount(), decided.decidedRows()));
        }
        runs.end(run.id(), exitCode(decided, context));
        monitor.taskStarted("Reporting", 0, -1);
        try {
            report.write(decided.endedAs(runs.find(run.id()).orElseThrow()), request.reportDir());
        } finally {
            monitor.taskEnded();
        }
        return RepeatStatus.FINISHED;
    }

    private ExitCode exitCode(RunSummary summary, ExecutionContext context) {
        if (context.containsKey(PreflightTasklet.GUARD)) {
            return ExitCode.REFUSED;
        }
        return summary.skips() == 0 || request.acceptSkips() ? ExitCode.OK : ExitCode.SKIPS;
    }
}
