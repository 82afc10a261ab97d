package com.fuse.users.cli;

import com.fuse.users.input.InputSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deactivate}: the main job. */
@Command(
        name = "deactivate",
        description = "Deactivates the users of each input. The same command on the same content resumes a run that"
                + " failed, was stopped or was killed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users deactivate --dry-run leavers.csv",
            "  fuse-users deactivate --yes --accept-skips --max-percent 5 /var/spool/leavers",
            "  fuse-users deactivate --user 4711"
        })
final class DeactivateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE or FOLDER",
            arity = "0..*",
            description = "A CSV of users, or a folder with such files (*.csv, *.csv.gz); - is standard input.")
    private List<String> operands = new ArrayList<>();

    @Option(names = "--user", paramLabel = "ID", description = "A user, instead of files. Repeatable.")
    private List<Long> userIds = new ArrayList<>();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    private final Console console;

    DeactivateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        options.validate();
        if (operands.isEmpty() == userIds.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name files or folders, or else users by --user ID");
        }
        for (Long id : userIds) {
            if (id < 1) {
                throw new ParameterException(spec.commandLine(), "a user ID is 1 or more, not " + id);
            }
        }
        List<InputSource> inputs =
                userIds.isEmpty() ? InputSource.resolve(operands) : List.of(InputSource.ofUserIds(userIds));
        return new RunsOfInputs("deactivate", options, console).run(inputs);
    }
}
