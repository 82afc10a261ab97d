package com.fuse.users.cli;

import com.fuse.users.input.InputSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who is named to a command that changes users: by files, folders and standard input, or one by one. */
final class InputOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE or FOLDER",
            arity = "0..*",
            description = "A CSV of users, or a folder with such files (*.csv, *.csv.gz); - is standard input.")
    private List<String> operands = new ArrayList<>();

    @Option(names = "--user", paramLabel = "ID", description = "A user, instead of files. Repeatable.")
    private List<Long> userIds = new ArrayList<>();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column that identifies users. Default: user_id (also id, fuse id, user id), username,"
                    + " or email.")
    private @Nullable String column;

    @Option(names = "--again", description = "Of a folder, also the files that were completed before.")
    private boolean again;

    /**
     * The inputs, in the order given; each is a run of its own.
     *
     * @throws com.fuse.users.input.InputException if one of them is not there
     */
    List<InputSource> sources() {
        if (operands.isEmpty() == userIds.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name files or folders, or else users by --user ID");
        }
        for (Long id : userIds) {
            if (id < 1) {
                throw new ParameterException(spec.commandLine(), "a user ID is 1 or more, not " + id);
            }
        }
        return userIds.isEmpty() ? InputSource.resolve(operands) : List.of(InputSource.ofUserIds(userIds));
    }

    /** Whether the users are named one by one, so that the operator wants to hear about each. */
    boolean namesUsers() {
        return !userIds.isEmpty();
    }

    @Nullable
    String column() {
        return column;
    }

    /** Whether the input is left alone where it was completed before. */
    boolean passesOverCompleted(InputSource input) {
        return input.fromFolder() && !again;
    }
}
