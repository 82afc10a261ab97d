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
        description = "Asks a live run, in whichever process, to stop after its current chunk. Its command exits with"
                + " 143; the same command resumes the run.",
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
            boolean live = runs.find(run).filter(found -> !found.hasEnded()).isPresent()
                    && session.liveRuns().contains(run);
            if (!live) {
                throw new RefusedException(
                        ExitCode.USAGE, "no process is working on run %d; \"runs\" shows its state".formatted(run));
            }
            runs.requestStop(run);
            console.println("Run %d stops after its current chunk".formatted(run));
        }
    }
}
