package com.fuse.users.report;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.RunSummary;
import com.fuse.users.liveness.AttemptState;
import com.fuse.users.preflight.PreflightTasklet;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.request.RunRequest;
import com.fuse.users.text.FileProblem;
import java.io.IOException;
import java.util.function.Consumer;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Accounts for every row, writes the report and ends the run, in one transaction. If the report cannot be written, the
 * run has not ended, and the same command writes it.
 */
public class ReportTasklet implements Tasklet {

    private final RunRepository runs;
    private final RunReport report;
    private final RunRequest request;
    private final AttemptState attempt;
    private final Consumer<RunSummary> reported;

    /** @param reported takes the summary of the ended run, before the transaction is committed */
    public ReportTasklet(
            RunRepository runs,
            RunReport report,
            RunRequest request,
            AttemptState attempt,
            Consumer<RunSummary> reported) {
        this.runs = runs;
        this.report = report;
        this.request = request;
        this.attempt = attempt;
        this.reported = reported;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
        long runId = attempt.run().id();
        RunSummary decided = report.summaries().find(runId).orElseThrow();
        if (!decided.isAccountedFor()) {
            throw new AccountingException(
                    "run %d read %s rows but has %d outcomes: a defect of the program, please report it; nothing is lost"
                            .formatted(runId, decided.run().rowCount(), decided.decidedRows()));
        }
        ExecutionContext context =
                contribution.getStepExecution().getJobExecution().getExecutionContext();
        runs.complete(runId, exitCode(decided, context), decided.changes(), decided.skips());
        RunSummary ended = decided.endedAs(runs.find(runId).orElseThrow());
        attempt.monitor().taskStarted("Reporting", 0, -1);
        try {
            report.write(ended, request.reportDir());
        } catch (IOException e) {
            // Without the cause, which would be shown instead and names no folder.
            throw new IOException("the report cannot be written to %s (%s)"
                    .formatted(RunReport.folder(request.reportDir(), runId), FileProblem.describe(e)));
        } finally {
            attempt.monitor().taskEnded();
        }
        reported.accept(ended);
        return RepeatStatus.FINISHED;
    }

    private ExitCode exitCode(RunSummary summary, ExecutionContext context) {
        if (context.containsKey(PreflightTasklet.OBJECTION_STATUS)) {
            return ExitCode.of(context.getInt(PreflightTasklet.OBJECTION_STATUS));
        }
        return summary.skips() == 0 || request.acceptSkips() ? ExitCode.OK : ExitCode.SKIPS;
    }
}
