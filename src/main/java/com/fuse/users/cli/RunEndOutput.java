package com.fuse.users.cli;

import com.fuse.users.cli.ChangeCommand.Prepared;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.NextSteps;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.history.RunSummary;
import com.fuse.users.job.RunEnd;
import com.fuse.users.report.RunReport;
import com.fuse.users.run.Run;
import com.fuse.users.session.Session;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.ProgressText;
import com.fuse.users.terminal.SummaryText;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Prints how a run ended, and what to do next. */
record RunEndOutput(Console console, CommandEnd end, Failures failures, Session session) {

    private static final Logger LOG = LoggerFactory.getLogger(RunEndOutput.class);

    /** The most skips that are printed one by one. */
    private static final int SKIPS_SHOWN = 20;

    /**
     * Prints the end of a run and returns the exit status.
     *
     * @param namesUsers whether to print each skip, because the operator named the users one by one
     */
    int print(RunEnd ending, Prepared prepared, boolean namesUsers) {
        RunSummary summary = ending.summary();
        if (summary == null || !(summary.run().isCompleted() || ending.endedElsewhere())) {
            // A run that was stopped, failed or was refused has no report.
            if (ending.run() != null) {
                end.runNotCompleted(ending.run());
                if (!ending.run().hasEnded()) {
                    printNextSteps(ending.run(), ending.isReachable());
                }
            }
            return printMessage(ending);
        }
        Run run = summary.run();
        console.print(SummaryText.of(summary));
        console.println("");
        if (run.isCompleted()) {
            end.runCompleted(summary);
        } else {
            end.runNotCompleted(run);
        }
        if (ending.endedElsewhere()) {
            return printMessage(ending);
        }
        Path folder = RunReport.folder(prepared.request().reportDir(), run.id());
        console.println("Report: " + folder);
        if (summary.skips() > 0) {
            String next = skips(summary, folder.resolve("skipped.csv"), namesUsers);
            if (ending.exitCode() == ExitCode.SKIPS) {
                return failures.report(ExitCode.SKIPS, next);
            }
            console.println(next);
        }
        return printMessage(ending);
    }

    /** Prints each skip if the operator named the users one by one. The last line is returned, not printed. */
    private String skips(RunSummary summary, Path skipped, boolean namesUsers) {
        if (namesUsers) {
            List<String> skips = session.summaries().skips(summary.run().id(), SKIPS_SHOWN);
            if (skips.size() == 1) {
                return skips.get(0);
            }
            skips.forEach(console::println);
        }
        return SummaryText.ofSkips(summary, skipped, NextSteps.repeat(summary.run(), skipped));
    }

    /** How far a stopped or failed run has come, how to continue it, and how to undo it. */
    private void printNextSteps(Run run, boolean isReachable) {
        if (isReachable) {
            try {
                RunSummaries summaries = session.summaries();
                Run now = session.runs().find(run.id()).orElseThrow();
                end.runWaited(summaries.waits(now));
                console.print(ProgressText.of(now, summaries.progress(now), summaries.userIds(now)));
                return;
            } catch (DataAccessException e) {
                LOG.debug("progress unknown", e);
            }
        }
        console.print(ProgressText.ofUnknown(run));
    }

    private int printMessage(RunEnd ending) {
        if (ending.message() == null) {
            return ending.exitCode().status();
        }
        if (ending.isPassedOver()) {
            // The list of the inputs says so.
            return ending.exitCode().status();
        }
        if (ending.exitCode() == ExitCode.OK) {
            console.println(ending.message());
            return ending.exitCode().status();
        }
        return failures.report(ending.exitCode(), ending.message());
    }
}
