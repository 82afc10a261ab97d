package com.fuse.users.cli;

import com.fuse.users.cli.options.ChangeOptions;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.history.RunSummary;
import com.fuse.users.input.InputException;
import com.fuse.users.job.RunEnd;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.operation.Operation;
import com.fuse.users.operation.RunOrder;
import com.fuse.users.report.RunReport;
import com.fuse.users.report.SummaryJson;
import com.fuse.users.run.CommandDefinition;
import com.fuse.users.run.Run;
import com.fuse.users.run.request.RunRequest;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.ConsoleMonitor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A command that changes users. It makes one run per input, one after the other.
 *
 * @param <I> what a run works on
 */
@Command(abbreviateSynopsis = true)
abstract class ChangeCommand<I> implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeCommand.class);

    /** After a run that ends with one of these, the command does not begin the next input. */
    private static final Set<ExitCode> LAST = EnumSet.of(
            ExitCode.FAILED,
            ExitCode.TRY_LATER,
            ExitCode.REFUSED,
            ExitCode.CONFIGURATION,
            ExitCode.INTERRUPTED,
            ExitCode.STOPPED);

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    private final Console console;
    private final Sessions sessions;
    private final CommandEnd end;
    private final Failures failures;
    private final StopSignal stop = new StopSignal();
    private final Signals signals;
    private boolean databaseNamed;

    ChangeCommand(Console console, Sessions sessions, CommandEnd end, Failures failures) {
        this.console = console;
        this.sessions = sessions;
        this.end = end;
        this.failures = failures;
        this.signals = new Signals(stop, console, end, this::status);
    }

    @Override
    public final Integer call() {
        checkOptions();
        if (options.json()) {
            console.reserveOutput();
        }
        List<String> notes = new ArrayList<>();
        List<I> inputs;
        try {
            inputs = inputs(notes::add);
        } catch (RefusedException e) {
            notes.forEach(console::println);
            throw e;
        }
        RunReport.requireWritable(options.reportDir());
        signals.install();
        try (Session session = sessions.toWrite()) {
            if (!notes.isEmpty()) {
                nameDatabase(session);
                notes.forEach(console::println);
            }
            InputResults results = new InputResults(notes);
            int ended;
            try {
                ended = makeRuns(session, inputs, results);
            } catch (RuntimeException e) {
                ended = failures.report(e);
            }
            results.print(console);
            return status(ended);
        }
    }

    /** Returns the exit status of the run that ended the command, otherwise the highest of all. */
    private int makeRuns(Session session, List<I> inputs, InputResults results) {
        int status = ExitCode.OK.status();
        CommandDefinition command = command(inputs);
        for (int i = 0; i < inputs.size(); i++) {
            I input = inputs.get(i);
            end.pushCompletedRun();
            ExitCode stopped = stop.exitCode();
            if (stopped != null) {
                inputs.subList(i, inputs.size()).forEach(left -> results.addNotBegun(name(left)));
                return failures.report(
                        stopped, "stopped before %s; the same command continues there".formatted(name(input)));
            }
            int ended = makeRun(session, input, command, results);
            if (LAST.contains(ExitCode.of(ended))) {
                inputs.subList(i + 1, inputs.size()).forEach(left -> results.addNotBegun(name(left)));
                return ended;
            }
            status = Math.max(status, ended);
        }
        if (command != null) {
            end(session, command);
        }
        return status;
    }

    /** The runs have ended, and their end decides the exit code. A command that stays open only keeps its sum. */
    private static void end(Session session, CommandDefinition command) {
        try {
            session.runs().commands().end(command);
        } catch (DataAccessException e) {
            LOG.warn("The end of the command cannot be recorded: {}", e.toString());
        }
    }

    private int makeRun(Session session, I input, @Nullable CommandDefinition command, InputResults results) {
        Prepared prepared;
        try {
            prepared = signals.exitingAtOnce(
                    "%s: not started; the same command starts it".formatted(name(input)),
                    () -> prepare(input, session));
        } catch (InputException e) {
            results.addUnusable(name(input), e.exitCode());
            return failures.report(e);
        }
        RunEnd ended;
        try (ConsoleMonitor monitor = new ConsoleMonitor(console)) {
            signals.interruptLiveLineOf(monitor);
            ended = session.launcher()
                    .launch(new RunOrder(
                            prepared.operation(),
                            prepared.request(),
                            command,
                            monitor,
                            new TerminalConfirmation(console, signals),
                            stop));
        }
        if (ended.isPassedOver()) {
            nameDatabase(session);
        }
        databaseNamed |= ended.run() != null;
        results.add(name(input), ended);
        int status = new RunEndOutput(console, end, failures, session).print(ended, prepared, namesUsers());
        if (options.json() && ended.run() != null && ended.isReachable()) {
            printJson(session.summaries(), ended.run(), ended.summary());
        }
        if (ended.isCompletedHere()) {
            completed(Objects.requireNonNull(ended.run()), session);
        }
        return status;
    }

    /** @param ended null if the run has not ended, so that its figures must be read */
    private void printJson(RunSummaries summaries, Run run, @Nullable RunSummary ended) {
        try {
            RunSummary summary = ended == null ? summaries.find(run.id()).orElseThrow() : ended;
            console.printToProgram(SummaryJson.of(summary, summaries.detail(summary)));
        } catch (DataAccessException e) {
            // The exit code is decided already.
            LOG.warn("The summary of run {} cannot be read: {}", run.id(), e.toString());
        }
    }

    /** The first line of a run names the database; this one does it if something else is printed first. */
    private void nameDatabase(Session session) {
        if (!databaseNamed) {
            console.println(session.database().line());
            databaseNamed = true;
        }
    }

    /** The operation on one input, and its options. */
    record Prepared(Operation operation, RunRequest request) {}

    /**
     * The inputs in order, checked as far as this is possible without the database.
     *
     * @param notes takes a line about each file that is left out
     * @throws RefusedException if one of them does not exist
     */
    abstract List<I> inputs(Consumer<String> notes);

    /** The command with all its inputs; null if it always has one input only. */
    @Nullable
    CommandDefinition command(List<I> inputs) {
        return null;
    }

    /** The name of the input in messages. */
    abstract String name(I input);

    /**
     * Prepares the run over one input. May take long, because it may read the whole input.
     *
     * @throws RefusedException if the command cannot be done with this input
     */
    abstract Prepared prepare(I input, Session session);

    /** Takes a run that this process completed, after its end was printed. */
    void completed(Run run, Session session) {}

    /** The exit status of the command. Takes that of the run or the signal that ended it, otherwise the highest of all. */
    int status(int ended) {
        return ended;
    }

    /** Refuses option values that make no sense, before anything is opened. */
    void checkOptions() {
        options.check();
    }

    /** Whether the operator named the users one by one and wants to hear about each. */
    boolean namesUsers() {
        return false;
    }

    final ChangeOptions options() {
        return options;
    }
}
