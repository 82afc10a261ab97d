package com.fuse.users.cli;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.terminal.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code exit-codes}: the page of the exit codes. */
@Command(
        name = "exit-codes",
        description = {
            "Prints what each exit code means.",
            "Every exit other than 0 prints one line on standard error: what happened, the value at fault, and what to do"
                    + " next."
        },
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%nExample:%n",
        footer = "  fuse-users deactivate leavers.csv; echo $?")
final class ExitCodesCommand implements Runnable {

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ExitCodesCommand(Console console) {
        this.console = console;
    }

    /** The command line of this command, whose help is the page. */
    static CommandLine commandLine(Console console) {
        CommandLine page = new CommandLine(new ExitCodesCommand(console));
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode exitCode : ExitCode.values()) {
            meanings.put(String.valueOf(exitCode.status()), exitCode.meaning());
        }
        page.getCommandSpec().usageMessage().exitCodeList(meanings);
        return page;
    }

    @Override
    public void run() {
        console.print(spec.commandLine().getHelp().exitCodeList());
    }
}
