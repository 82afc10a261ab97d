package com.fuse.users.cli.runs;

import com.fuse.users.run.OperatorRequests;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import picocli.CommandLine.Command;

/** {@code stop}: asks the process that works on a run to stop. */
@Command(
        name = "stop",
        description = {
            "Asks a live run, in whichever process, to stop after its current chunk.",
            "Its command exits with 143; the same command resumes the run."
        },
        footerHeading = "%nExample:%n",
        footer = "  fuse-users stop 7")
public final class StopCommand extends LiveRunCommand {

    public StopCommand(Console console, Sessions sessions) {
        super(console, sessions);
    }

    @Override
    void request(OperatorRequests requests, long id) {
        requests.stop(id);
    }

    @Override
    String later() {
        return "a process that is about to retry will stop";
    }

    @Override
    String answer() {
        return "Run %d stops after its current chunk";
    }
}
