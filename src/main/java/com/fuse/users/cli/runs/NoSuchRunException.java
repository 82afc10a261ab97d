package com.fuse.users.cli.runs;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;

/** The operator named a run that does not exist. */
public final class NoSuchRunException extends RefusedException {

    private static final long serialVersionUID = 1L;

    public NoSuchRunException(long run) {
        super(ExitCode.USAGE, "there is no run %d; \"runs\" lists them".formatted(run));
    }
}
