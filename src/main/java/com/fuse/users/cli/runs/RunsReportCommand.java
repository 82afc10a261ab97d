package com.fuse.users.cli.runs;

import com.fuse.users.cli.options.ReportDirOption;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.history.RunState;
import com.fuse.users.history.RunSummary;
import com.fuse.users.report.RunReport;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.text.FileProblem;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code runs report}: writes the report folder of a run again. */
@Command(
        name = "report",
        description = "Writes the report folder of a run again, from the database. The run may also be stopped, failed,"
                + " killed or abandoned: then the report has the rows that were decided.",
        footerHeading = "%nExample:%n",
        footer = "  fuse-users runs report 7")
public final class RunsReportCommand implements Runnable {

    @Parameters(paramLabel = "RUN", description = "The run's number.")
    private long run;

    @Mixin
    private ReportDirOption reportDir = new ReportDirOption();

    private final Console console;
    private final Sessions sessions;

    public RunsReportCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        try (Session session = sessions.toRead()) {
            console.println(session.database().line());
            RunSummary summary =
                    session.summaries().find(run).orElseThrow(() -> new NoSuchRunException(run, session.runs()));
            requireReadable(summary);
            Path folder = session.inReadOnlyTransaction(() -> write(session.report(), summary));
            console.println("Report: " + folder);
        }
    }

    private static void requireReadable(RunSummary summary) {
        long run = summary.run().id();
        if (summary.state() == RunState.RUNNING) {
            throw new RefusedException(
                    ExitCode.USAGE, "a process is working on run %d; its command writes the report".formatted(run));
        }
        if (summary.run().purging()) {
            throw new RefusedException(
                    ExitCode.USAGE,
                    "run %d is being purged and its records are incomplete; see the report that its command wrote"
                            .formatted(run));
        }
    }

    private Path write(RunReport report, RunSummary summary) {
        try {
            return report.write(summary, reportDir.path());
        } catch (IOException e) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "the report cannot be written to %s (%s); name another folder by --report-dir"
                            .formatted(reportDir.path(), FileProblem.describe(e)));
        }
    }
}
