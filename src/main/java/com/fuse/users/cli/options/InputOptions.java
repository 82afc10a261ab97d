package com.fuse.users.cli.options;

import com.fuse.users.input.InputSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--user", paramLabel = "ID", description = "A user ID, instead of files. Repeatable.")
    private List<Long> userIds = new ArrayList<>();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column that identifies users. Default: user_id (also id, fuse id, user id), username,"
                    + " or email.")
    private @Nullable String column;

    @Option(names = "--again", description = "When given a folder, include files that were completed before.")
    private boolean again;

    /**
     * The inputs in the given order.
     *
     * @throws com.fuse.users.input.InputException if one of them does not exist
     */
    public List<InputSource> sources() {
        if (operands.isEmpty() == userIds.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name files or folders, or else users by --user ID");
        }
        userIds.forEach(id -> OptionCheck.requireUserId(spec, id));
        return userIds.isEmpty() ? InputSource.resolve(operands) : List.of(InputSource.ofUserIds(userIds));
    }

    /** Whether the operator named the users one by one. */
    public boolean namesUsers() {
        return !userIds.isEmpty();
    }

    /** The column that identifies users; null to find it by its name. */
    public @Nullable String column() {
        return column;
    }

    /** Whether to leave the input alone if it was completed before. */
    public boolean passesOverCompleted(InputSource input) {
        return input.fromFolder() && !again;
    }
}
