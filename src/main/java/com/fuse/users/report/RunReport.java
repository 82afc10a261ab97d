package com.fuse.users.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fuse.users.change.Outcome;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.history.RunSummary;
import com.fuse.users.run.Run;
import com.fuse.users.text.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;

/** Writes a run's report folder from the database alone, each file complete or not at all. */
public class RunReport {

    private final CsvCopy csv;
    private final RunSummaries summaries;

    public RunReport(DataSource dataSource, RunSummaries summaries) {
        this.csv = new CsvCopy(dataSource);
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

    /** @throws RefusedException if no report can be written to the folder of all reports */
    public static void requireWritable(Path reportDir) {
        try {
            Files.createDirectories(reportDir);
            Files.delete(Files.createTempFile(reportDir, "write", ".test"));
        } catch (IOException e) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "reports cannot be written to %s (%s); name another folder by --report-dir"
                            .formatted(reportDir, FileProblem.describe(e)));
        }
    }

    /**
     * Writes all files, or writes them again. Must be called in a transaction.
     *
     * @return the run's folder
     * @throws IOException if the folder cannot be written; files that exist already stay as they are
     */
    public Path write(RunSummary summary, Path reportDir) throws IOException {
        Run run = summary.run();
        RunDetail detail = summaries.detail(summary);
        Path folder = Files.createDirectories(folder(reportDir, run.id()));
        try (ReportFile outcomes = new ReportFile(folder.resolve("outcomes.csv"));
                ReportFile skipped = new ReportFile(folder.resolve("skipped.csv"));
                ReportFile removedMemberships = new ReportFile(folder.resolve("removed-memberships.csv"));
                ReportFile json = new ReportFile(folder.resolve("summary.json"));
                ReportFile page = new ReportFile(folder.resolve("report.html"))) {
            csv.set(RunCsv.RUN, String.valueOf(run.id()));
            csv.set(RunCsv.SKIPS, Outcome.skips().stream().map(Outcome::name).collect(joining(",")));
            csv.configure(RunCsv.PLAN);
            RunCsv rows = new RunCsv(run);
            csv.write(rows.outcomes(), outcomes.stream());
            csv.write(rows.skipped(), skipped.stream());
            csv.write(RunCsv.removedMemberships(), removedMemberships.stream());
            json.stream().write(SummaryJson.of(summary, detail).getBytes(UTF_8));
            page.stream().write(ReportPage.of(summary, detail).getBytes(UTF_8));
            for (ReportFile file : List.of(outcomes, skipped, removedMemberships, json, page)) {
                file.publish();
            }
        }
        return folder;
    }
}
