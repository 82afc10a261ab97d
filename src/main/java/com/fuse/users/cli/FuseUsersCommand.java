package com.fuse.users.cli;

import com.fuse.users.terminal.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.TimeZone;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The program's command line. */
@Command(
        name = "fuse-users",
        description = "Deactivates users of the Fuse learning platform in bulk, from a CSV, and brings them back.",
        subcommands = {
            DeactivateCommand.class,
            ReactivateCommand.class,
            UndoCommand.class,
            ReissueCertificatesCommand.class,
            CommunitiesCommand.class,
            RunsCommand.class,
            StopCommand.class,
            MigrateCommand.class,
            GenerateCompletionCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = FuseUsersCommand.Version.class,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every row has what was asked, or --accept-skips",
            "1:failed; what is committed is kept, the same command resumes",
            "4:completed, some rows were skipped",
            "64:wrong command or options; nothing done",
            "65:the input cannot be read as a CSV of users; nothing done",
            "66:there is no such input, or it may not be read; nothing done",
            "75:a live process works on the same input, or the database cannot be reached; nothing done",
            "77:the guard tripped, or the run was not confirmed; nothing done",
            "78:no database given, schema not migrated, or a right is missing; nothing done",
            "130:stopped by SIGINT after the current chunk; the same command resumes",
            "143:stopped by SIGTERM or \"stop\" after the current chunk; the same command resumes"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users deactivate --dry-run leavers.csv    what would happen",
            "  fuse-users deactivate leavers.csv              asks, then does it",
            "  fuse-users runs show 7                         what happened",
            "  fuse-users undo 7                              brings the users of run 7 back"
        },
        synopsisSubcommandLabel = "COMMAND")
public final class FuseUsersCommand {

    private FuseUsersCommand() {}

    /** Runs one command in UTC, which becomes the JVM's time zone; returns the exit status and never throws. */
    public static int run(String... arguments) {
        // Spring Batch records local times; in UTC they mean the same to every process that reads them.
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
        CommandEnd end = new CommandEnd();
        CommandLine commandLine = commandLine(end);
        int status = commandLine.execute(arguments);
        end.commandEnded(status, commandLine.getParseResult());
        return status;
    }

    /** The parser of all commands. */
    public static CommandLine commandLine() {
        return commandLine(new CommandEnd());
    }

    private static CommandLine commandLine(CommandEnd end) {
        Console console = new Console();
        CommandLine commandLine = new CommandLine(new FuseUsersCommand(), new CommandFactory(console, end));
        Failures failures = new Failures(console, end);
        return commandLine
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                // A file may be called @x: its content must not become options.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** The version that the build gave the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = FuseUsersCommand.class.getPackage().getImplementationVersion();
            return new String[] {"fuse-users " + (version == null ? "from a checkout" : version)};
        }
    }
}
