package com.fuse.users.cli;

import com.fuse.users.cli.runs.PrintedVerification;
import com.fuse.users.database.DatabaseError;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.run.Run;
import com.fuse.users.session.Session;
import com.fuse.users.terminal.Console;
import com.fuse.users.text.Counts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/**
 * Verifies the runs that a command completed. What it finds is the command's failure, not the run's. Any thread may ask
 * whether all hold, because a signal may end the process.
 */
final class VerifiedRuns {

    private static final Logger LOG = LoggerFactory.getLogger(VerifiedRuns.class);

    private final Console console;
    private final CommandEnd end;
    private final Failures failures;
    private volatile boolean allHold = true;

    VerifiedRuns(Console console, CommandEnd end, Failures failures) {
        this.console = console;
        this.end = end;
        this.failures = failures;
    }

    /** Whether each run was verified and holds. */
    boolean allHold() {
        return allHold;
    }

    /** Verifies the run that the command has just completed. Whatever fails, the command goes on. */
    void verify(Run run, Session session) {
        console.println("");
        try {
            long deviations = new PrintedVerification(console, session).of(run);
            end.runVerified(deviations);
            if (deviations > 0) {
                fail(
                        "run %d is completed, but does not hold: %s; find out what changed the database since, then run: fuse-users runs verify %d",
                        run.id(), Counts.of(deviations, "deviation"), run.id());
            }
        } catch (NestedRuntimeException e) {
            LOG.debug("run not verified", e);
            fail(
                    "run %d is completed, but was not verified: %s; run: fuse-users runs verify %d",
                    run.id(),
                    DatabaseError.in(e).map(DatabaseError::description).orElse(String.valueOf(e.getMessage())),
                    run.id());
        }
    }

    private void fail(String line, Object... values) {
        allHold = false;
        failures.report(ExitCode.FAILED, line.formatted(values));
    }
}
