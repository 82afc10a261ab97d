package com.fuse.users.cli;

import com.fuse.users.cli.PendingRun.Order;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.history.RunSummary;
import com.fuse.users.input.InputException;
import com.fuse.users.job.RunEnd;
import com.fuse.users.job.RunLauncher;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.operation.RunOrder;
import com.fuse.users.report.RunReport;
import com.fuse.users.run.Run;
import com.fuse.users.session.Session;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.ConsoleMonitor;
import com.fuse.users.terminal.SummaryText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The runs of one command, one after the other. */
final class Runs {

    /** How many of the users who were named one by one are spoken of one by one. */
    private static final int SKIPS_SHOWN = 20;

    /** Ends after which no further input is begun. */
    private static final Set<ExitCode> LAST = EnumSet.of(
            ExitCode.FAILED,
            ExitCode.TRY_LATER,
            ExitCode.REFUSED,
            ExitCode.CONFIGURATION,
            ExitCode.INTERRUPTED,
            ExitCode.STOPPED);

    private final Path reportDir;
    private final Console console;
    private final CommandEnd end;
    private final Failures failures;
    private final StopSignal stop = new StopSignal();
    private final Signals signals;

    Runs(Path reportDir, Console console, CommandEnd end) {
        this.reportDir = reportDir;
        this.console = console;
        this.end = end;
        this.failures = new Failures(console, end);
        this.signals = new Signals(stop, console, end);
    }

    /** Returns the exit status: of the run that ended the command, else the highest of all. */
    int make(List<PendingRun> runs) {
        requireWritable(reportDir);
        signals.install();
        int status = ExitCode.OK.status();
        try (Session session = Session.open()) {
            end.useSettings(session.settings());
            for (PendingRun run : runs) {
                end.pushCompletedRun();
                ExitCode stopped = stop.exitCode();
                if (stopped != null) {
                    return failures.report(
                            stopped, "stopped before %s; the same command goes on".formatted(run.inputName()));
                }
                int ended = make(session, run);
                if (LAST.contains(ExitCode.of(ended))) {
                    return ended;
                }
                status = Math.max(status, ended);
            }
        }
        return status;
    }

    private int make(Session session, PendingRun run) {
        Order order;
        try {
            order = signals.exitingAtOnce(
                    "%s: not begun; the same command begins it".formatted(run.inputName()),
                    () -> run.order().apply(session));
        } catch (InputException e) {
            return failures.report(e);
        }
        RunEnd ending;
        try (ConsoleMonitor monitor = new ConsoleMonitor(console)) {
            ending = session.get(RunLauncher.class)
                    .launch(new RunOrder(
                            order.operation(),
                            order.request(),
                            monitor,
                            new TerminalConfirmation(console, signals),
                            stop));
        }
        Run ended = ending.run();
        RunSummary summary = ending.summary();
        if (ended == null || summary == null) {
            if (ended != null) {
                end.runNotCompleted(ended);
            }
            return report(ending);
        }
        console.print(SummaryText.of(summary));
        console.println("");
        if (ending.endedElsewhere()) {
            end.runNotCompleted(ended);
            return report(ending);
        }
        if (ended.isCompleted()) {
            end.runCompleted(summary);
        } else {
            end.runNotCompleted(ended);
        }
        console.println("Report: " + RunReport.folder(reportDir, ended.id()));
        if (summary.skips() > 0) {
            String next = ofSkips(session, run, order, summary);
            if (ending.exitCode() == ExitCode.SKIPS) {
                return failures.report(ExitCode.SKIPS, next);
            }
            console.println(next);
        }
        return report(ending);
    }

    /** What to say of the skips: the refusal itself, where a single user was named. */
    private String ofSkips(Session session, PendingRun run, Order order, RunSummary summary) {
        long runId = summary.run().id();
        if (run.namesUsers()) {
            List<String> skips = session.get(RunSummaries.class).skips(runId, SKIPS_SHOWN);
            if (skips.size() == 1) {
                return skips.get(0);
            }
            skips.forEach(console::println);
        }
        Path skipped = RunReport.folder(reportDir, runId).resolve("skipped.csv");
        return SummaryText.ofSkips(summary, skipped, order.operation().repeat(skipped));
    }

    private int report(RunEnd end) {
        if (end.message() == null) {
            return end.exitCode().status();
        }
        if (end.exitCode() == ExitCode.OK) {
            console.println(end.message());
            return end.exitCode().status();
        }
        return failures.report(end.exitCode(), end.message());
    }

    private static void requireWritable(Path reportDir) {
        try {
            Files.createDirectories(reportDir);
            Files.delete(Files.createTempFile(reportDir, "write", ".test"));
        } catch (IOException e) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "reports cannot be written to %s (%s); name another folder by --report-dir"
                            .formatted(reportDir, e.getClass().getSimpleName()));
        }
    }
}
