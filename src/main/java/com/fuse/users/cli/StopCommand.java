package com.fuse.users.cli;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.LiveRuns;
import com.fuse.users.run.RunRepository;
import com.fuse.users.session.Session;
import com.fuse.users.terminal.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stop}: asks the process that works on a run, whichever it is, to stop. */
@Command(
        name = "stop",
        description = "Asks a live run, of whichever process, to stop after its current chunk. Its command exits with"
                + " 143, and resumes it when it is given again.",
        footerHeading = "%nExample:%n",
        footer = "  fuse-users stop 7")
final class StopCommand implements Runnable {

    @Parameters(paramLabel = "RUN", description = "The run's number.")
    private long run;

    private final Console console;

    StopCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        try (Session session = Session.open()) {
            RunRepository runs = session.get(RunRepository.class);
            boolean live = runs.find(run).filter(found -> !found.hasEnded()).isPresent()
                    && session.get(LiveRuns.class).contains(run);
            if (!live) {
                throw new RefusedException(
                        ExitCode.USAGE, "no process is working on run %d; \"runs\" tells its state".formatted(run));
            }
            runs.requestStop(run);
            console.println("Run %d stops after its current chunk".formatted(run));
        }
    }
}
