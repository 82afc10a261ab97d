package com.fuse.users;

import com.fuse.users.cli.FuseUsersCommand;

/** The program. */
public final class FuseUsersApplication {

    private FuseUsersApplication() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(FuseUsersCommand.run(args));
    }
}
