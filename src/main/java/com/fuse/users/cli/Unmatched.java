package com.fuse.users.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Arguments that a command does not know, in one line with what the user may have meant. */
final class Unmatched {

    private Unmatched() {}

    /** Such as "there is no command 'deactivat'; did you mean deactivate? If not, ...". */
    static String describe(UnmatchedArgumentException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String first = e.getUnmatched().get(0);
        String what = e.isUnknownOption()
                ? "%s has no option '%s'".formatted(command.qualifiedName(), first)
                : command.subcommands().isEmpty()
                        ? "%s does not take the argument '%s'".formatted(command.qualifiedName(), first)
                        : "there is no command '%s'".formatted(prefix(command) + first);
        List<String> meant = e.getSuggestions();
        String help = "see \"%s --help\"".formatted(command.qualifiedName());
        return meant.isEmpty()
                ? what + "; " + help
                : "%s; did you mean %s? If not, %s".formatted(what, suggested(command, meant.get(0)), help);
    }

    /** The name that stands before a subcommand of this command, such as "runs "; empty for the program itself. */
    private static String prefix(CommandSpec command) {
        return command.parent() == null ? "" : command.name() + " ";
    }

    /** An option is suggested alone; a command with the commands before it. */
    private static String suggested(CommandSpec command, String meant) {
        return meant.startsWith("-") ? meant : prefix(command) + meant;
    }
}
