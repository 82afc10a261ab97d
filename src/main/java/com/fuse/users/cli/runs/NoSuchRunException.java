package com.fuse.users.cli.runs;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.run.PurgedRun;
import com.fuse.users.run.RunRepository;
import com.fuse.users.text.Moments;

/** The operator named a run that does not exist, or no longer. */
public final class NoSuchRunException extends RefusedException {

    private static final long serialVersionUID = 1L;

    public NoSuchRunException(long run, RunRepository runs) {
        super(
                ExitCode.USAGE,
                runs.purged().find(run).map(NoSuchRunException::purged).orElseGet(() -> neverARun(run, runs)));
    }

    /** A number below the newest one was lost; a higher one may come. */
    private static String neverARun(long run, RunRepository runs) {
        boolean isLost = run > 0 && runs.newest(Long.MAX_VALUE, 1).stream().anyMatch(newest -> newest.id() > run);
        return isLost
                ? "there is no record of run %d; a start that is rolled back, or a crash of the server, loses numbers"
                        .formatted(run)
                : "there is no run %d; \"runs\" lists them".formatted(run);
    }

    private static String purged(PurgedRun run) {
        return "run %d was purged on %s by the login %s; only its report folder may still exist"
                .formatted(run.id(), Moments.of(run.purgedAt()), run.purgedBy());
    }
}
