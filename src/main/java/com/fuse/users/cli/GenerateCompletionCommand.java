package com.fuse.users.cli;

import com.fuse.users.terminal.Console;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code generate-completion}: a script for the shell. */
@Command(
        name = "generate-completion",
        description = "Prints a script with which bash and zsh complete commands and options.",
        footerHeading = "%nExample:%n",
        footer = "  source <(fuse-users generate-completion)")
final class GenerateCompletionCommand implements Runnable {

    private final Console console;

    GenerateCompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.print(AutoComplete.bash("fuse-users", FuseUsersCommand.commandLine()) + "\n");
    }
}
