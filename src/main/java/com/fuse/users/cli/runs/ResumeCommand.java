package com.fuse.users.cli.runs;

import com.fuse.users.run.OperatorRequests;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import picocli.CommandLine.Command;

/** {@code resume}: lets a paused run go on. */
@Command(
        name = "resume",
        description = {
            "Lets a paused run go on.",
            "To resume a run that was stopped or failed, repeat its command instead."
        },
        footerHeading = "%nExample:%n",
        footer = "  fuse-users resume 7")
public final class ResumeCommand extends LiveRunCommand {

    public ResumeCommand(Console console, Sessions sessions) {
        super(console, sessions);
    }

    @Override
    void request(OperatorRequests requests, long id) {
        requests.resume(id);
    }

    @Override
    boolean needsProcess() {
        return false;
    }

    @Override
    String later() {
        return "it is no longer paused";
    }

    @Override
    String answer() {
        return "Run %d continues as soon as no limit is exceeded";
    }
}
