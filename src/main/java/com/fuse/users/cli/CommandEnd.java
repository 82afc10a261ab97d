package com.fuse.users.cli;

import com.fuse.users.cli.options.ChangeOptions;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.RunSummary;
import com.fuse.users.metrics.CommandLabels;
import com.fuse.users.metrics.CommandMetrics;
import com.fuse.users.run.Run;
import com.fuse.users.session.Settings;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine.ParseResult;

/**
 * What others than the operator are told of a command: metrics of each run, and at the end metrics of the command and a
 * termination message. Nothing of it bears on the exit code.
 */
final class CommandEnd {

    private static final Logger LOG = LoggerFactory.getLogger(CommandEnd.class);

    /** A variable and no other setting, so that a wrong option costs nobody the time to read all settings. */
    private static final String TERMINATION_LOG = "fuse-users.termination-log";

    private final TerminationMessage message = new TerminationMessage();
    private @Nullable Environment settings;
    private @Nullable CommandMetrics metrics;
    private @Nullable RunSummary completed;

    /** What says where metrics go. Where nobody gives them, they are read at the end. */
    void settings(Environment given) {
        settings = given;
    }

    /** A line that tells why the command ends with this code, or would. */
    void failed(ExitCode exitCode, String line) {
        message.failed(exitCode, line);
    }

    /** A run that was not completed here. */
    void stopped(Run run) {
        message.stopped(run);
    }

    /** A run that was completed here. */
    void completed(RunSummary summary) {
        message.completed(summary);
        completed = summary;
    }

    /** The command goes on with another run. Never throws. */
    void goesOn() {
        RunSummary run = completed;
        if (run != null) {
            completed = null;
            harmlessly(() -> metrics()
                    .push(new CommandLabels(run.run().command(), run.run().dryRun()), run, null));
        }
    }

    /**
     * The command has ended. Never throws.
     *
     * @param parsed what was asked; null if that could not be understood
     */
    void over(int status, @Nullable ParseResult parsed) {
        ParseResult command = parsed == null ? null : innermost(parsed);
        // Before a receiver of metrics may be waited for, because the process may be killed meanwhile.
        harmlessly(() -> write(status, command));
        harmlessly(() -> push(status, command));
    }

    /** The process ends at once, and has no time to talk to anybody. Never throws. */
    void cutOff(ExitCode exitCode, String line) {
        message.failed(exitCode, line);
        harmlessly(() -> write(exitCode.status(), null));
    }

    private void push(int status, @Nullable ParseResult command) {
        if (status != ExitCode.USAGE.status() && command != null && makesRuns(command)) {
            boolean dryRun = command.matchedOptionValue(ChangeOptions.DRY_RUN, false);
            metrics()
                    .push(
                            new CommandLabels(command.commandSpec().name(), dryRun),
                            completed,
                            message.ended(ExitCode.of(status)));
        }
    }

    /** A setting that makes no sense, a library that is not there: whatever it is, the command has ended as it has. */
    private static void harmlessly(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The command's end is not told to others: {}", e.toString());
            LOG.debug("end not told", e);
        }
    }

    private static ParseResult innermost(ParseResult parsed) {
        return parsed.hasSubcommand() ? innermost(parsed.subcommand()) : parsed;
    }

    private static boolean makesRuns(ParseResult command) {
        return command.commandSpec().findOption(ChangeOptions.DRY_RUN) != null && !command.isUsageHelpRequested();
    }

    private CommandMetrics metrics() {
        CommandMetrics current = metrics;
        if (current == null) {
            Environment given = settings;
            current = CommandMetrics.configuredBy(given == null ? Settings.read() : given, Clock.systemUTC());
            metrics = current;
        }
        return current;
    }

    private void write(int status, @Nullable ParseResult command) {
        if (message.isEmpty()) {
            return;
        }
        String path = new StandardEnvironment().getProperty(TERMINATION_LOG, "");
        if (!path.isBlank()) {
            message.write(
                    Path.of(path),
                    status,
                    command == null ? null : command.commandSpec().qualifiedName());
        }
    }
}
