package com.fuse.users.cli.runs;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.run.PurgedRun;
import com.fuse.users.run.PurgedRuns;
import java.time.temporal.ChronoUnit;

/** The operator named a run that does not exist, or no longer. */
public final class NoSuchRunException extends RefusedException {

    private static final long serialVersionUID = 1L;

    public NoSuchRunException(long run, PurgedRuns purged) {
        super(
                ExitCode.USAGE,
                purged.find(run)
                        .map(NoSuchRunException::purged)
                        .orElseGet(() -> "there is no run %d; \"runs\" lists them".formatted(run)));
    }

    private static String purged(PurgedRun run) {
        return "run %d was purged on %s by the login %s; only its report folder may still exist"
                .formatted(run.id(), run.purgedAt().truncatedTo(ChronoUnit.SECONDS), run.purgedBy());
    }
}
