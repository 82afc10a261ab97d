package com.fuse.users.cli.runs;

import com.fuse.users.cli.options.RunListOptions;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code runs}: lists the runs in the database, and has the commands about one run. */
@Command(
        name = "runs",
        description = "Lists the newest runs, and shows, verifies or purges runs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users runs",
            "  fuse-users runs --state stopped",
            "  fuse-users runs --command undo --since 30d",
            "  fuse-users runs show 7 --json",
            "  fuse-users runs report 7",
            "  fuse-users runs purge --older-than 90d"
        })
public final class RunsCommand implements Runnable {

    @Mixin
    private RunListOptions options = new RunListOptions();

    private final Console console;
    private final Sessions sessions;

    public RunsCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        RunsListCommand.list(options, console, sessions);
    }
}
