package com.fuse.users.cli;

import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputException;
import com.fuse.users.input.InputSource;
import com.fuse.users.job.RunEnd;
import com.fuse.users.job.RunLauncher;
import com.fuse.users.report.RunReport;
import com.fuse.users.report.RunSummaries;
import com.fuse.users.report.RunSummary;
import com.fuse.users.run.ExitCode;
import com.fuse.users.run.RefusedException;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRequest;
import com.fuse.users.run.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Runs one command over its inputs, one after the other, each a run of its own. */
final class RunsOfInputs {

    /** Ends after which no further input is begun. */
    private static final Set<ExitCode> LAST = EnumSet.of(
            ExitCode.FAILED,
            ExitCode.TRY_LATER,
            ExitCode.REFUSED,
            ExitCode.CONFIGURATION,
            ExitCode.INTERRUPTED,
            ExitCode.STOPPED);

    private final String command;
    private final ChangeOptions options;
    private final Console console;
    private final Failures failures;
    private final StopSignal stop = new StopSignal();
    private final Signals signals;

    RunsOfInputs(String command, ChangeOptions options, Console console) {
        this.command = command;
        this.options = options;
        this.console = console;
        this.failures = new Failures(console);
        this.signals = new Signals(stop, console);
    }

    /** Returns the exit status: of the input that ended the command, else the highest of all. */
    int run(List<InputSource> inputs) {
        requireWritable(options.reportDir());
        signals.install();
        int status = ExitCode.OK.status();
        try (Session session = Session.open()) {
            for (InputSource input : inputs) {
                ExitCode stopped = stop.exitCode();
                if (stopped != null) {
                    return failures.report(
                            stopped, "stopped before %s; the same command goes on".formatted(input.name()));
                }
                int ended = run(session, input);
                if (LAST.contains(ExitCode.of(ended))) {
                    return ended;
                }
                status = Math.max(status, ended);
            }
        }
        return status;
    }

    private int run(Session session, InputSource input) {
        RunRequest request;
        try {
            request = options.request(command, input, InputDigest.of(input));
        } catch (InputException e) {
            return failures.report(e);
        }
        RunEnd end;
        try (ConsoleMonitor monitor = new ConsoleMonitor(console)) {
            end = session.get(RunLauncher.class)
                    .launch(request, monitor, new TerminalConfirmation(console, signals), stop);
        }
        return report(session, end);
    }

    private int report(Session session, RunEnd end) {
        Run run = end.run();
        if (run != null && run.hasEnded()) {
            Path folder = RunReport.folder(options.reportDir(), run.id());
            RunSummary summary = session.get(RunSummaries.class).find(run.id()).orElseThrow();
            console.print(SummaryText.of(summary));
            console.println("");
            console.println("Report: " + folder);
            if (summary.skips() > 0) {
                String next = String.format(
                        Locale.ROOT,
                        "%,d rows were skipped; mend their causes, then run: fuse-users %s %s",
                        summary.skips(),
                        command,
                        folder.resolve("skipped.csv"));
                if (end.exitCode() == ExitCode.SKIPS) {
                    return failures.report(ExitCode.SKIPS, next);
                }
                console.println(next);
            }
        }
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
