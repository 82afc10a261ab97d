package com.fuse.users.cli.runs;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.run.OperatorRequests;
import com.fuse.users.run.RunRepository;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import picocli.CommandLine.Parameters;

/** A command that asks something of the process that works on a run, whichever it is. */
abstract class LiveRunCommand implements Runnable {

    @Parameters(paramLabel = "RUN", description = "The run's number.")
    private long run;

    private final Console console;
    private final Sessions sessions;

    LiveRunCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public final void run() {
        try (Session session = sessions.toWrite()) {
            console.println(session.database().line());
            RunRepository runs = session.runs();
            if (runs.find(run).filter(found -> !found.hasEnded()).isEmpty()) {
                throw notLive("no process is working on run %d");
            }
            request(runs.requests(), run);
            if (session.liveRuns().contains(run)) {
                console.println(answer().formatted(run));
            } else if (needsProcess()) {
                throw notLive("no process is working on run %d at this moment; " + later());
            } else {
                console.println(("No process is working on run %d at this moment; " + later()).formatted(run));
            }
        }
    }

    /** Records the request for the run, which has not ended. */
    abstract void request(OperatorRequests requests, long id);

    /** Whether the request has done its part only if a process works on the run. */
    boolean needsProcess() {
        return true;
    }

    /** What the request does to a process that works on the run later. */
    abstract String later();

    /** What the process does, with {@code %d} for the run's number. */
    abstract String answer();

    private RefusedException notLive(String what) {
        return new RefusedException(ExitCode.USAGE, what.formatted(run) + "; \"runs\" shows its state");
    }
}
