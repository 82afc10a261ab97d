package com.fuse.users.install;

import com.fuse.users.cli.FuseUsersCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes what the help of the commands says as the files of an installation. */
public final class Manual {

    private static final boolean[] SILENT = {};

    private Manual() {}

    /**
     * Writes the sources of the manual pages, in AsciiDoc, and the script with which a shell completes commands.
     *
     * @param arguments the folder of the sources, and the folder of the script
     */
    public static void main(String[] arguments) throws IOException {
        CommandLine program = FuseUsersCommand.commandLine();
        Path pages = Files.createDirectories(Path.of(arguments[0]));
        int status = ManPageGenerator.generateManPage(pages.toFile(), null, SILENT, true, program.getCommandSpec());
        if (status != CommandLine.ExitCode.OK) {
            throw new IOException("the manual pages are not written; picocli ended with status " + status);
        }
        Path completions = Files.createDirectories(Path.of(arguments[1]));
        Files.writeString(completions.resolve("fuse-users"), AutoComplete.bash("fuse-users", program) + "\n");
    }
}
