package com.fuse.users.cli;

import com.fuse.users.operation.Operation;
import com.fuse.users.reactivation.Reactivation;
import com.fuse.users.session.Sessions;
import com.fuse.users.staging.CsvRows;
import com.fuse.users.terminal.Console;
import picocli.CommandLine.Command;

/** {@code reactivate}: the way back for the users of a CSV. */
@Command(
        name = "reactivate",
        description = {
            "Reactivates the users of each input.",
            "They become members of the global community again, and of no other"
                    + " community, and get back the certificates of its SCORM courses that they completed.",
            "Tokens, membership requests, other memberships and other certificates are not restored."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  fuse-users reactivate --dry-run returners.csv", "  fuse-users reactivate --user 4711"})
final class ReactivateCommand extends CsvCommand {

    ReactivateCommand(Console console, Sessions sessions, CommandEnd end, Failures failures) {
        super(console, sessions, end, failures);
    }

    @Override
    Operation operation(CsvRows rows) {
        return new Reactivation(rows);
    }

    @Override
    Boolean activeAfter() {
        return true;
    }
}
