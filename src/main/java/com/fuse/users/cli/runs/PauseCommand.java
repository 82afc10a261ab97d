package com.fuse.users.cli.runs;

import com.fuse.users.run.OperatorRequests;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import picocli.CommandLine.Command;

/** {@code pause}: asks the process that works on a run to wait. */
@Command(
        name = "pause",
        description = {
            "Asks a live run, in whichever process, to wait between two chunks.",
            "The run waits until \"resume RUN\", without a lock or a transaction. After --max-pause, its command exits"
                    + " with 75, and the run stays paused."
        },
        footerHeading = "%nExample:%n",
        footer = "  fuse-users pause 7")
public final class PauseCommand extends LiveRunCommand {

    public PauseCommand(Console console, Sessions sessions) {
        super(console, sessions);
    }

    @Override
    void request(OperatorRequests requests, long id) {
        requests.pause(id);
    }

    @Override
    boolean needsProcess() {
        return false;
    }

    @Override
    String later() {
        return "the next process that works on it will wait";
    }

    @Override
    String answer() {
        return "Run %d waits after its current chunk; \"resume %<d\" lets it go on";
    }
}
