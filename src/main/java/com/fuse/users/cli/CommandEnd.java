package com.fuse.users.cli;

import com.fuse.users.cli.options.ChangeOptions;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.RunSummary;
import com.fuse.users.metrics.CommandLabels;
import com.fuse.users.metrics.CommandMetrics;
import com.fuse.users.metrics.CompletedRun;
import com.fuse.users.run.Run;
import com.fuse.users.session.Session;
import com.fuse.users.session.Settings;
import com.fuse.users.throttle.WaitTotal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine.ParseResult;

/**
 * Reports the command's end to machines: pushes metrics of each run and of the command, and writes the termination
 * message. Never throws and never changes the exit code.
 */
final class CommandEnd {

    private static final Logger LOG = LoggerFactory.getLogger(CommandEnd.class);

    /** Only a variable, because reading all settings would slow down the answer to a wrong option. */
    private static final String TERMINATION_LOG = "fuse-users.termination-log";

    private final TerminationMessage message = new TerminationMessage();
    private @Nullable Environment settings;
    private @Nullable CommandMetrics metrics;
    private @Nullable CompletedRun unpushed;
    private @Nullable Long deviations;
    private @Nullable List<WaitTotal> waits;

    /** Takes the session's database, and its settings; without a session they are read when they are needed. */
    void sessionOpened(Session session) {
        settings = session.settings();
        message.connected(session.database());
    }

    /** Records the line that explains this exit code, in case the command ends with it. */
    void failed(ExitCode exitCode, String line) {
        message.failed(exitCode, line);
    }

    /** Records a run that this process did not complete. */
    void runNotCompleted(Run run) {
        message.runNotCompleted(run);
    }

    /** Records how the run waited that was stopped or failed and so ends the command. */
    void runWaited(List<WaitTotal> totals) {
        waits = totals;
    }

    /** Records a run that is completed, by this process or by one that it helped. */
    void runCompleted(RunSummary summary) {
        message.runCompleted(summary);
        unpushed = new CompletedRun(summary, deviations);
    }

    /** Records what the verification of the run that this process completed last found. */
    void runVerified(long found) {
        message.runVerified(found);
        deviations = found + Objects.requireNonNullElse(deviations, 0L);
        unpushed = new CompletedRun(Objects.requireNonNull(unpushed).summary(), deviations);
    }

    /** Pushes the metrics of the completed run, if any, before another one starts. */
    void pushCompletedRun() {
        CompletedRun completed = unpushed;
        if (completed != null) {
            unpushed = null;
            Run run = completed.summary().run();
            report(() -> metrics().push(new CommandLabels(run.command(), run.dryRun()), completed, null));
        }
    }

    /**
     * Reports the end of the command.
     *
     * @param parsed null if the command line could not be parsed
     */
    void commandEnded(int status, @Nullable ParseResult parsed) {
        ParseResult command = parsed == null ? null : innermost(parsed);
        // First the message, because the process may be killed while it waits for the Pushgateway.
        report(() -> write(status, command));
        report(() -> push(status, command));
    }

    /** Reports that the process exits at once, which leaves no time for metrics. */
    void exitsNow(int status) {
        report(() -> write(status, null));
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

    private void push(int status, @Nullable ParseResult command) {
        if (status != ExitCode.USAGE.status() && command != null && makesRuns(command)) {
            boolean dryRun = command.matchedOptionValue(ChangeOptions.DRY_RUN, false);
            metrics()
                    .push(
                            new CommandLabels(command.commandSpec().name(), dryRun),
                            unpushed,
                            message.result(ExitCode.of(status), waits));
        }
    }

    /** Catches everything that settings and libraries may throw: the exit code is decided already. */
    private static void report(Runnable report) {
        try {
            report.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Could not report how the command ended: {}", e.toString());
            LOG.debug("end not reported", e);
        }
    }

    private static ParseResult innermost(ParseResult parsed) {
        return parsed.hasSubcommand() ? innermost(parsed.subcommand()) : parsed;
    }

    private static boolean makesRuns(ParseResult command) {
        return command.commandSpec().findOption(ChangeOptions.DRY_RUN) != null && !command.isUsageHelpRequested();
    }

    private CommandMetrics metrics() {
        if (metrics == null) {
            metrics = CommandMetrics.configuredBy(settings == null ? readSettings() : settings, Clock.systemUTC());
        }
        return metrics;
    }

    /** Reads variables and files as a session does, and sets up logging by them, without Spring's context. */
    private static Environment readSettings() {
        ConfigurableEnvironment read = Settings.read();
        try {
            LoggingSystem logging = LoggingSystem.get(CommandEnd.class.getClassLoader());
            logging.initialize(new LoggingInitializationContext(read), read.getProperty("logging.config"), null);
            Binder.get(read)
                    .bind("logging.level", Bindable.mapOf(String.class, LogLevel.class))
                    .ifBound(levels -> levels.forEach(logging::setLogLevel));
        } catch (RuntimeException e) {
            LOG.debug("logging not set up", e);
        }
        return read;
    }
}
