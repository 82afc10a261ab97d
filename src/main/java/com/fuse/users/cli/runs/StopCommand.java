package com.fuse.users.cli.runs;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.run.RunRepository;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stop}: asks the process that works on a run to stop. */
@Command(
        name = "stop",
        description = {
            "Asks a live run, in whichever process, to stop after its current chunk.",
            "Its command exits with 143; the same command resumes the run."
        },
        footerHeading = "%nExample:%n",
        footer = "  fuse-users stop 7")
public final class StopCommand implements Runnable {

    @Parameters(paramLabel = "RUN", description = "The run's number.")
    private long run;

    private final Console console;
    private final Sessions sessions;

    public StopCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        try (Session session = sessions.toWrite()) {
            console.println(session.database().line());
            RunRepository runs = session.runs();
            if (runs.find(run).filter(found -> !found.hasEnded()).isEmpty()) {
                throw notLive("no process is working on run %d");
            }
            runs.requestStop(run);
            if (!session.liveRuns().contains(run)) {
                throw notLive(
                        "no process is working on run %d at this moment; one that is about to try again will stop");
            }
            console.println("Run %d stops after its current chunk".formatted(run));
        }
    }

    private RefusedException notLive(String what) {
        return new RefusedException(ExitCode.USAGE, what.formatted(run) + "; \"runs\" shows its state");
    }
}
