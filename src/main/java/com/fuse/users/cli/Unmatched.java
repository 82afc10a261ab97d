package com.fuse.users.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Arguments that a command does not know, in one line with what the user may have meant. */
final class Unmatched {

    private Unmatched() {}

    /** Such as "there is no command 'deactivat'; did you mean deactivate?". */
    static String describe(UnmatchedArgumentException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String first = e.getUnmatched().get(0);
        String what = e.isUnknownOption()
                ? "%s has no option '%s'".formatted(command.qualifiedName(), first)
                : command.subcommands().isEmpty()
                        ? "%s does not take the argument '%s'".formatted(command.qualifiedName(), first)
                        : "there is no command '%s'".formatted(after(command) + first);
        List<String> meant = e.getSuggestions();
        return meant.isEmpty()
                ? "%s; see \"%s --help\"".formatted(what, command.qualifiedName())
                : "%s; did you mean %s?".formatted(what, after(command, meant.get(0)));
    }

    /** The names of the commands above this one's subcommands, such as "runs ". */
    private static String after(CommandSpec command) {
        return command.parent() == null ? "" : command.name() + " ";
    }

    /** An option is suggested alone; a command with the commands before it. */
    private static String after(CommandSpec command, String meant) {
        return meant.startsWith("-") ? meant : after(command) + meant;
    }
}
