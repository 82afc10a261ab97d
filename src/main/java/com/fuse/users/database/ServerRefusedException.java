package com.fuse.users.database;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;

/** The program cannot work with this server, or with what is between it and the server. */
public final class ServerRefusedException extends RefusedException {
    private static final long serialVersionUID = 1L;

    ServerRefusedException(DatabaseLogin login, String reason) {
        super(ExitCode.CONFIGURATION, "%s: %s".formatted(login.describe(), reason));
    }
}
