package com.fuse.users.cli.runs;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunSummary;
import com.fuse.users.report.SummaryJson;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.DetailText;
import com.fuse.users.terminal.SummaryText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runs show}: the details of one run. */
@Command(
        name = "show",
        description =
                "Shows the details of one run: outcomes, rows deleted and added by table, attempts, skips by outcome,"
                        + " differences from the plan, memberships by community, and the commands that resume and undo the run.",
        footerHeading = "%nExamples:%n",
        footer = {"  fuse-users runs show        the newest run", "  fuse-users runs show 7 --json"})
public final class RunsShowCommand implements Runnable {

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run's number. Default: the newest run.")
    private @Nullable Long run;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    private final Console console;
    private final Sessions sessions;

    public RunsShowCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        try (Session session = sessions.toRead()) {
            long number = run == null ? newest(session.runs()) : run;
            RunSummary summary =
                    session.summaries().find(number).orElseThrow(() -> new NoSuchRunException(number, session.runs()));
            RunDetail detail = session.summaries().detail(summary);
            if (json) {
                console.print(SummaryJson.of(summary, detail));
            } else {
                console.println(session.database().line());
                console.print(SummaryText.of(summary));
                console.println("");
                if (!summary.run().database().equals(session.database())) {
                    console.println("Database: " + summary.run().describeDatabase());
                }
                console.println(
                        "Input: " + Objects.requireNonNullElse(summary.run().inputFormat(), "not staged yet"));
                summary.run().inputNotes().forEach(note -> console.println("Note: " + note));
                console.print(DetailText.of(summary, detail));
            }
        }
    }

    private static long newest(RunRepository runs) {
        return runs.newest(Long.MAX_VALUE, 1).stream()
                .map(Run::id)
                .findFirst()
                .orElseThrow(() -> new RefusedException(ExitCode.USAGE, "there is no run yet"));
    }
}
