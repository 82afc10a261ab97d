package com.fuse.users.cli;

import com.fuse.users.reactivation.Reissue;
import com.fuse.users.terminal.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code reissue-certificates}: "Get certificate" in bulk. */
@Command(
        name = "reissue-certificates",
        description =
                "Issues the certificates that the active users of each input lack: of every SCORM course that they"
                        + " completed, in a community of which they are members now.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users reissue-certificates returners.csv",
            "  fuse-users reissue-certificates --yes reports/run-9/outcomes.csv"
        })
final class ReissueCertificatesCommand implements Callable<Integer> {

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    private final Console console;
    private final CommandEnd end;

    ReissueCertificatesCommand(Console console, CommandEnd end) {
        this.console = console;
        this.end = end;
    }

    @Override
    public Integer call() {
        return new CsvRuns(Reissue::new, inputs, options).make(console, end);
    }
}
