package com.fuse.users.cli;

import com.fuse.users.reactivation.Reactivation;
import com.fuse.users.terminal.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code reactivate}: the way back, for users of a CSV. */
@Command(
        name = "reactivate",
        description = {
            "Reactivates the users of each input. They are members of the global community again, and of no other, and"
                    + " have the certificates of its SCORM courses that they completed.",
            "Tokens, membership requests, other memberships and other certificates do not come back."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  fuse-users reactivate --dry-run returners.csv", "  fuse-users reactivate --user 4711"})
final class ReactivateCommand implements Callable<Integer> {

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    private final Console console;
    private final CommandEnd end;

    ReactivateCommand(Console console, CommandEnd end) {
        this.console = console;
        this.end = end;
    }

    @Override
    public Integer call() {
        return new CsvRuns(Reactivation::new, inputs, options).make(console, end);
    }
}
