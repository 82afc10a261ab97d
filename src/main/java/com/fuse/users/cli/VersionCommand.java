package com.fuse.users.cli;

import com.fuse.users.terminal.Console;
import picocli.CommandLine.Command;

/** {@code version}: the same as --version. */
@Command(name = "version", description = "Prints the version of the program.")
record VersionCommand(Console console) implements Runnable {

    @Override
    public void run() {
        console.println(new FuseUsersCommand.Version().getVersion()[0]);
    }
}
