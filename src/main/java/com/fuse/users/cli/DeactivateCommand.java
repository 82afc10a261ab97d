package com.fuse.users.cli;

import com.fuse.users.deactivation.Deactivation;
import com.fuse.users.terminal.Console;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deactivate}: the main job. */
@Command(
        name = "deactivate",
        description = "Deactivates the users of each input. The same command on the same content resumes a run that"
                + " failed, was stopped or was killed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users deactivate --dry-run leavers.csv",
            "  fuse-users deactivate --plan 7 leavers.csv",
            "  fuse-users deactivate --yes --accept-skips --max-percent 5 /var/spool/leavers",
            "  fuse-users deactivate --user 4711 --transfer-admin-to 815"
        })
final class DeactivateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Mixin
    private GuardOptions guard = new GuardOptions();

    @Option(
            names = "--transfer-admin-to",
            paramLabel = "USER_ID",
            description =
                    "Hand the communities of admins in the input over to this active user, instead of skipping the"
                            + " admins. A column transfer_admin_to does it per row.")
    private @Nullable Long transferAdminTo;

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    private final Console console;
    private final CommandEnd end;

    DeactivateCommand(Console console, CommandEnd end) {
        this.console = console;
        this.end = end;
    }

    @Override
    public Integer call() {
        if (transferAdminTo != null && transferAdminTo < 1) {
            throw new ParameterException(spec.commandLine(), "a user ID is 1 or more, not " + transferAdminTo);
        }
        return new CsvRuns(Deactivation::new, inputs, options, guard.limits(), true, transferAdminTo)
                .make(console, end);
    }
}
