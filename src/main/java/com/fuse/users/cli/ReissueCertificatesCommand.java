package com.fuse.users.cli;

import com.fuse.users.operation.Operation;
import com.fuse.users.reactivation.Reissue;
import com.fuse.users.session.Sessions;
import com.fuse.users.staging.CsvRows;
import com.fuse.users.terminal.Console;
import picocli.CommandLine.Command;

/** {@code reissue-certificates}: "Get certificate" in bulk. */
@Command(
        name = "reissue-certificates",
        description = {
            "Issues the missing certificates of the active users in each input.",
            "One for every completed SCORM course in a community of which the user is currently a member."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users reissue-certificates returners.csv",
            "  fuse-users reissue-certificates --yes reports/run-9/outcomes.csv"
        })
final class ReissueCertificatesCommand extends CsvCommand {

    ReissueCertificatesCommand(Console console, Sessions sessions, CommandEnd end, Failures failures) {
        super(console, sessions, end, failures);
    }

    @Override
    Operation operation(CsvRows rows) {
        return new Reissue(rows);
    }
}
