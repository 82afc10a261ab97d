package com.fuse.users.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fuse.users.change.Outcome;
import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.history.RunSummary;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a run's report folder from the database alone, each file complete or not at all. */
public class RunReport {

    private final RunDatabase database;
    private final CsvCopy csv;
    private final RunSummaries summaries;

    public RunReport(RunDatabase database, RunSummaries summaries) {
        this.database = database;
        this.csv = new CsvCopy(database.dataSource());
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
     * Writes all files, or writes them again, from what is committed. Two connections write at the same time.
     *
     * @return the run's folder
     * @throws IOException if the folder cannot be written; files that exist already stay as they are
     */
    public Path write(RunSummary summary, Path reportDir) throws IOException {
        Run run = summary.run();
        Path folder = Files.createDirectories(folder(reportDir, run.id()));
        try (ReportFile outcomes = new ReportFile(folder.resolve("outcomes.csv"));
                ReportFile skipped = new ReportFile(folder.resolve("skipped.csv"));
                ReportFile removedMemberships = new ReportFile(folder.resolve("removed-memberships.csv"));
                ReportFile json = new ReportFile(folder.resolve("summary.json"));
                ReportFile page = new ReportFile(folder.resolve("report.html"));
                Background memberships =
                        Background.start(() -> copy(run, RunCsv.removedMemberships(), removedMemberships))) {
            RunDetail detail = summaries.detail(summary);
            RunCsv rows = new RunCsv(run);
            copy(run, rows.outcomes(), outcomes);
            copy(run, rows.skipped(), skipped);
            json.stream().write(SummaryJson.of(summary, detail).getBytes(UTF_8));
            page.stream().write(ReportPage.of(summary, detail).getBytes(UTF_8));
            memberships.await();
            for (ReportFile file : List.of(outcomes, skipped, removedMemberships, json, page)) {
                file.publish();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return folder;
    }

    private void copy(Run run, String query, ReportFile file) {
        database.inTransaction(() -> {
            database.giveTime();
            csv.set(RunCsv.RUN, String.valueOf(run.id()));
            csv.set(RunCsv.SKIPS, Outcome.skips().stream().map(Outcome::name).collect(joining(",")));
            csv.configure(RunCsv.PLAN);
            return csv.write(query, file.stream());
        });
    }
}
