package com.fuse.users.cli;

import com.fuse.users.database.DatabaseRefusal;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.terminal.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every failure of a command into one line on standard error and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private static final String JAVA_TYPE = "is not an? (long|int)$";

    /** The parser adds this to a value that it cannot convert. */
    private static final String JAVA_EXCEPTION = " \\(java\\.[^)]*\\)";

    private final Console console;
    private final CommandEnd end;

    Failures(Console console, CommandEnd end) {
        this.console = console;
        this.end = end;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return report(ExitCode.USAGE, Unmatched.describe(unmatched));
        }
        String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        return report(
                ExitCode.USAGE,
                firstLine(e.getMessage()).replaceAll(JAVA_EXCEPTION, "").replaceAll(JAVA_TYPE, "is not a whole number")
                        + "; see \"" + help + "\"");
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return report(e);
    }

    /** Reports a failure and returns the exit status. */
    int report(Exception failure) {
        LOG.debug("command failed", failure);
        return refusalIn(failure).map(this::report).orElseGet(() -> report(ExitCode.FAILED, describe(failure)));
    }

    /** The refusal that the failure is or means; empty if the program has no words for it. */
    static Optional<RefusedException> refusalIn(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                return Optional.of(refused);
            }
        }
        return DatabaseRefusal.in(failure);
    }

    private int report(RefusedException refused) {
        return report(refused.exitCode(), refused.getMessage());
    }

    /** Reports an end with this exit code in one line and returns the exit status. */
    int report(ExitCode exitCode, @Nullable String message) {
        String line = message == null ? "no message" : message;
        console.note("fuse-users: " + line);
        end.failed(exitCode, line);
        return exitCode.status();
    }

    private static String describe(Exception failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return firstLine(cause.toString())
                + "; if this happens again, run it with LOGGING_LEVEL_COM_FUSE_USERS=debug and report it";
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "no message" : text.lines().findFirst().orElse("no message");
    }
}
