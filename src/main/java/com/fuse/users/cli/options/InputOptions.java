package com.fuse.users.cli.options;

import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.input.InputSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The input of a command that changes users: files, folders and standard input, or single user IDs. */
public final class InputOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE or FOLDER",
            arity = "0..*",
            description = "A CSV of users, or a folder with such files (*.csv, *.csv.gz); - is standard input.")
    private List<String> operands = new ArrayList<>();

    @ArgGroup(validate = false, order = 1, heading = "%nInput:%n")
    private ReadingOptions reading = new ReadingOptions();

    private static final class ReadingOptions {

        @Option(names = "--user", paramLabel = "ID", description = "A user ID, instead of files. Repeatable.")
        private List<Long> userIds = new ArrayList<>();

        @ArgGroup(validate = false)
        private ColumnOptions columns = new ColumnOptions();

        @Option(
                names = "--again",
                description =
                        "With a folder or --join, include files that were completed before, or whose run an undo ended"
                                + " half-way.")
        private boolean again;
    }

    /** Refuses values that make no sense, before anything is opened. */
    public void check() {
        reading.columns.check(spec);
    }

    /**
     * The inputs in the given order.
     *
     * @param note takes a line about the files of a folder that are left out
     * @throws com.fuse.users.input.InputException if one of them does not exist
     */
    public List<InputSource> sources(Consumer<String> note) {
        if (operands.isEmpty() == reading.userIds.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name files or folders, or else users by --user ID");
        }
        reading.userIds.forEach(id -> OptionCheck.requireUserId(spec, id));
        return reading.userIds.isEmpty()
                ? InputSource.resolve(operands, note)
                : List.of(InputSource.ofUserIds(reading.userIds));
    }

    /** The arguments that name the inputs. Paths are absolute, and standard input differs each time. */
    public List<String> arguments() {
        return reading.userIds.isEmpty()
                ? operands.stream()
                        .map(operand -> operand.equals("-")
                                ? UUID.randomUUID().toString()
                                : Path.of(operand).toAbsolutePath().normalize().toString())
                        .toList()
                : reading.userIds.stream().map(id -> "--user " + id).toList();
    }

    /** Whether the operator named the users one by one. */
    public boolean namesUsers() {
        return !reading.userIds.isEmpty();
    }

    /** Which columns of the inputs count. */
    public ColumnChoice columns() {
        return reading.columns.choice();
    }

    /**
     * Whether to leave the input alone if it was completed before.
     *
     * @param joins whether other processes get the same command, of which one may come late
     */
    public boolean passesOverCompleted(InputSource input, boolean joins) {
        return (input.fromFolder() || joins) && !reading.again;
    }
}
