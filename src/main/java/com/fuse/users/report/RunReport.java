package com.fuse.users.report;

import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.history.RunSummary;
import com.fuse.users.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;

/** Writes a run's report folder, each file whole, from the database alone. */
public class RunReport {

    private final OutcomeRows rows;
    private final RunSummaries summaries;

    public RunReport(DataSource dataSource, RunSummaries summaries) {
        this.rows = new OutcomeRows(dataSource);
        this.summaries = summaries;
    }

    /** What the report is made from. */
    public RunSummaries summaries() {
        return summaries;
    }

    /** The folder of a run below the folder of all reports. */
    public static Path folder(Path reportDir, long runId) {
        return reportDir.resolve("run-" + runId);
    }

    /**
     * Writes, or writes again, all files. Must be called in a transaction.
     *
     * @return the run's folder
     * @throws IOException if the folder cannot be written; files that are there already stay as they are
     */
    public Path write(RunSummary summary, Path reportDir) throws IOException {
        Run run = summary.run();
        RunDetail detail = summaries.detail(summary);
        Path folder = Files.createDirectories(folder(reportDir, run.id()));
        try (OutcomeCsv outcomes = new OutcomesCsv(folder, run.options().planId() != null);
                OutcomeCsv skipped = new SkippedCsv(folder, run);
                OutcomeCsv removedMemberships = new RemovedMembershipsCsv(folder);
                ReportFile json = new ReportFile(folder.resolve("summary.json"));
                ReportFile page = new ReportFile(folder.resolve("report.html"))) {
            List<OutcomeCsv> files = List.of(outcomes, skipped, removedMemberships);
            rows.forEach(run, row -> {
                for (OutcomeCsv file : files) {
                    file.add(row);
                }
            });
            json.writer().write(SummaryJson.of(summary, detail));
            ReportPage.write(summary, detail, page.writer());
            for (OutcomeCsv file : files) {
                file.publish();
            }
            json.publish();
            page.publish();
        }
        return folder;
    }
}
