package com.fuse.users.cli;

import com.fuse.users.cli.runs.PauseCommand;
import com.fuse.users.cli.runs.ResumeCommand;
import com.fuse.users.cli.runs.RunsCommand;
import com.fuse.users.cli.runs.RunsListCommand;
import com.fuse.users.cli.runs.RunsPurgeCommand;
import com.fuse.users.cli.runs.RunsReportCommand;
import com.fuse.users.cli.runs.RunsShowCommand;
import com.fuse.users.cli.runs.RunsVerifyCommand;
import com.fuse.users.cli.runs.StopCommand;
import com.fuse.users.run.Actor;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.TimeZone;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/** The program's command line. */
@Command(
        name = "fuse-users",
        description = {
            "Deactivates users of the Fuse learning platform in bulk, from a CSV, and brings them back.",
            "The first line of every command and each question name the database."
        },
        mixinStandardHelpOptions = true,
        versionProvider = FuseUsersCommand.Version.class,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users deactivate --dry-run leavers.csv    show what would happen",
            "  fuse-users deactivate leavers.csv              ask, then do it",
            "  fuse-users runs show 7                         show what happened",
            "  fuse-users undo --with-memberships 7           bring the users of run 7 back"
        },
        synopsisSubcommandLabel = "COMMAND")
public final class FuseUsersCommand {

    private static final String SETTINGS = """

            Database: SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, or files of \
            these settings under /etc/fuse-users/
            Exit codes: see "fuse-users help exit-codes"
            """;

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
        Failures failures = new Failures(console, end);
        Sessions sessions = new Sessions(end::sessionOpened);
        CommandLine program = new CommandLine(new FuseUsersCommand());
        program.addSubcommand(new DeactivateCommand(console, sessions, end, failures))
                .addSubcommand(new ReactivateCommand(console, sessions, end, failures))
                .addSubcommand(new UndoCommand(console, sessions, end, failures))
                .addSubcommand(new ReissueCertificatesCommand(console, sessions, end, failures))
                .addSubcommand(new CommunitiesCommand(console, sessions))
                .addSubcommand(new CommandLine(new RunsCommand(console, sessions))
                        .addSubcommand(new RunsListCommand(console, sessions))
                        .addSubcommand(new RunsShowCommand(console, sessions))
                        .addSubcommand(new RunsReportCommand(console, sessions))
                        .addSubcommand(new RunsVerifyCommand(console, sessions))
                        .addSubcommand(new RunsPurgeCommand(console, sessions)))
                .addSubcommand(new HistoryCommand(console, sessions))
                .addSubcommand(new StopCommand(console, sessions))
                .addSubcommand(new PauseCommand(console, sessions))
                .addSubcommand(new ResumeCommand(console, sessions))
                .addSubcommand(new CheckCommand(console, sessions))
                .addSubcommand(new MigrateCommand(console, sessions, failures));
        referToSettings(program);
        return program.addSubcommand(new GenerateCompletionCommand(console))
                .addSubcommand(new HelpCommand())
                .addSubcommand(ExitCodesCommand.commandLine(console))
                .addSubcommand(new VersionCommand(console))
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                // A file may be called @x: its content must not become options.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** Says where the database and the exit codes are described, at the end of the help of each command. */
    private static void referToSettings(CommandLine command) {
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        help.footer(
                Stream.concat(Arrays.stream(help.footer()), SETTINGS.lines()).toArray(String[]::new));
        command.getSubcommands().values().forEach(FuseUsersCommand::referToSettings);
    }

    /** The version in the manifest of the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"fuse-users " + Actor.programVersion()};
        }
    }
}
