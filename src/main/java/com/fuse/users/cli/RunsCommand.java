package com.fuse.users.cli;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunListing;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.history.RunSummary;
import com.fuse.users.purge.PurgedRuns;
import com.fuse.users.purge.RunPurge;
import com.fuse.users.report.RunReport;
import com.fuse.users.report.SummaryJson;
import com.fuse.users.session.Session;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.DetailText;
import com.fuse.users.terminal.SummaryText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runs}: what was done, from the database. */
@Command(
        name = "runs",
        description =
                "Lists the newest runs; \"runs show RUN\" and \"runs report RUN\" tell more of one, \"runs purge\""
                        + " removes old ones.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users runs",
            "  fuse-users runs show 7 --json",
            "  fuse-users runs report 7",
            "  fuse-users runs purge --older-than 90d"
        })
final class RunsCommand implements Runnable {

    private static final int DEFAULT_COUNT = 50;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "" + DEFAULT_COUNT,
            description = "How many at the most. Default: ${DEFAULT-VALUE}.")
    private int count = DEFAULT_COUNT;

    private final Console console;

    RunsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (count < 1) {
            throw new RefusedException(ExitCode.USAGE, "--count must be 1 or more, not " + count);
        }
        try (Session session = Session.open()) {
            List<RunListing> runs = session.get(RunSummaries.class).newest(count);
            console.print(json ? SummaryJson.of(runs) : SummaryText.list(runs));
        }
    }

    @Command(
            name = "show",
            description =
                    "Shows one run as its report does: outcomes, rows deleted by step, attempts, skips by reason, what a"
                            + " plan said otherwise, memberships by community, and the command that undoes it.",
            footerHeading = "%nExample:%n",
            footer = "  fuse-users runs show 7 --json")
    int show(
            @Parameters(paramLabel = "RUN", description = "The run's number.") long run,
            @Option(names = "--json", description = "Print JSON.") boolean asJson) {
        try (Session session = Session.open()) {
            RunSummary summary = require(session, run);
            RunDetail detail = session.get(RunSummaries.class).detail(summary);
            if (asJson) {
                console.print(SummaryJson.of(summary, detail));
            } else {
                console.print(SummaryText.of(summary));
                console.println("");
                console.println(
                        "Input: " + Objects.requireNonNullElse(summary.run().inputFormat(), "not staged yet"));
                console.print(DetailText.of(summary, detail));
            }
        }
        return ExitCode.OK.status();
    }

    @Command(
            name = "report",
            description = "Writes the report folder of a run again, from the database.",
            footerHeading = "%nExample:%n",
            footer = "  fuse-users runs report 7")
    int report(
            @Parameters(paramLabel = "RUN", description = "The run's number.") long run,
            @Option(
                            names = "--report-dir",
                            paramLabel = "DIR",
                            defaultValue = "reports",
                            description = "Where the run's folder goes. Default: ${DEFAULT-VALUE}.")
                    Path reportDir) {
        try (Session session = Session.open()) {
            RunSummary summary = require(session, run);
            if (!summary.run().hasEnded()) {
                throw new RefusedException(
                        ExitCode.USAGE, "run %d has not ended; its command writes the report".formatted(run));
            }
            if (summary.run().purging()) {
                throw new RefusedException(
                        ExitCode.USAGE,
                        "run %d is being purged, its records are incomplete; see the report of its time"
                                .formatted(run));
            }
            TransactionTemplate transaction = new TransactionTemplate(session.get(PlatformTransactionManager.class));
            transaction.setReadOnly(true);
            transaction.executeWithoutResult(status -> write(session.get(RunReport.class), summary, reportDir));
            console.println("Report: " + RunReport.folder(reportDir, run));
        }
        return ExitCode.OK.status();
    }

    @Command(
            name = "purge",
            description = "Removes all records of the runs that ended longer ago than DURATION, Spring Batch's metadata"
                    + " included. A run that has not ended stays, and so does one that a run which stays has undone or"
                    + " has as its plan. Report folders stay. Cut off, the next purge goes on. A folder's files whose"
                    + " runs are purged count as not completed before.",
            footerHeading = "%nExample:%n",
            footer = "  fuse-users runs purge --older-than 90d")
    int purge(
            @Option(
                            names = "--older-than",
                            paramLabel = "DURATION",
                            required = true,
                            converter = AgeConverter.class,
                            description = "How long ago a run must have ended: 90d, 12h, 30m (minutes), or in ISO 8601"
                                    + " P90D, PT12H.")
                    Duration olderThan) {
        try (Session session = Session.open()) {
            PurgedRuns purged = session.get(RunPurge.class).purge(olderThan);
            console.println(String.format(
                    Locale.ROOT,
                    "%,d %s from before %s purged, %,d %s",
                    purged.runs(),
                    purged.runs() == 1 ? "run" : "runs",
                    purged.before().truncatedTo(ChronoUnit.SECONDS),
                    purged.records(),
                    purged.records() == 1 ? "record" : "records"));
        }
        return ExitCode.OK.status();
    }

    private static void write(RunReport report, RunSummary summary, Path reportDir) {
        try {
            report.write(summary, reportDir);
        } catch (IOException e) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "the report cannot be written to %s (%s); name another folder by --report-dir"
                            .formatted(reportDir, e));
        }
    }

    private static RunSummary require(Session session, long run) {
        return session.get(RunSummaries.class)
                .find(run)
                .orElseThrow(() ->
                        new RefusedException(ExitCode.USAGE, "there is no run %d; \"runs\" lists them".formatted(run)));
    }
}
