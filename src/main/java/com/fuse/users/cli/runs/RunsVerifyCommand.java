package com.fuse.users.cli.runs;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.text.Counts;
import com.fuse.users.text.Moments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code runs verify}: verifies a run against the current database. */
@Command(
        name = "verify",
        description = {
            "Verifies a run of deactivate against the current database. Each user that the run deactivated must have been"
                    + " inactive since, or a later run or the platform must explain why not. None of the inactive users may"
                    + " have a row that a deactivation deletes. No user may have been deactivated in a chunk of the run"
                    + " without an outcome.",
            "Exits 0 if all this holds, otherwise 1 with each deviation, which it prints as soon as it finds it. It changes"
                    + " nothing."
        },
        footerHeading = "%nExample:%n",
        footer = "  fuse-users runs verify 7")
public final class RunsVerifyCommand implements Runnable {

    @Parameters(paramLabel = "RUN", description = "The run's number.")
    private long run;

    private final Console console;
    private final Sessions sessions;

    public RunsVerifyCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        try (Session session = sessions.toRead()) {
            Run verified = session.runs().find(run).orElseThrow(() -> new NoSuchRunException(run, session.runs()));
            requireVerifiable(verified, session);
            console.println(session.database().line());
            long deviations = new PrintedVerification(console, session).of(verified);
            if (deviations > 0) {
                throw new RefusedException(
                        ExitCode.FAILED,
                        "run %d does not hold: %s; find out what changed the database since %s"
                                .formatted(run, Counts.of(deviations, "deviation"), Moments.of(verified.startedAt())));
            }
        }
    }

    private void requireVerifiable(Run verified, Session session) {
        if (!verified.isOf(CommandName.DEACTIVATE) || verified.dryRun()) {
            throw new RefusedException(
                    ExitCode.USAGE,
                    "run %d is not a run of deactivate that changes users; only such a run can be verified"
                            .formatted(run));
        }
        if (verified.purging()) {
            throw new RefusedException(
                    ExitCode.USAGE, "run %d is being purged, and its records are incomplete".formatted(run));
        }
        if (!verified.hasEnded() && session.liveRuns().contains(run)) {
            throw new RefusedException(
                    ExitCode.TRY_LATER, "a process is working on run %d; verify it when it has ended".formatted(run));
        }
    }
}
