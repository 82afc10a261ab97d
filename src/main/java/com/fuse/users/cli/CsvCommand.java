package com.fuse.users.cli;

import com.fuse.users.cli.options.InputOptions;
import com.fuse.users.cli.options.RowLimitOptions;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputSource;
import com.fuse.users.operation.Operation;
import com.fuse.users.run.CommandDefinition;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.request.GuardLimits;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.staging.CsvRows;
import com.fuse.users.terminal.Console;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that changes the users of CSVs. */
abstract class CsvCommand extends ChangeCommand<InputSource> {

    @Spec(Spec.Target.SELF)
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private InputOptions inputs = new InputOptions();

    @ArgGroup(validate = false, order = 20, heading = "%nLimits on the rows:%n")
    private RowLimitOptions rowLimits = new RowLimitOptions();

    CsvCommand(Console console, Sessions sessions, CommandEnd end, Failures failures) {
        super(console, sessions, end, failures);
    }

    @Override
    void checkOptions() {
        super.checkOptions();
        inputs.check();
        rowLimits.check();
    }

    /** The operation on the rows of one input. */
    abstract Operation operation(CsvRows rows);

    /** The limits of the guard. */
    GuardLimits guard() {
        return new GuardLimits(null, null);
    }

    /** Whether the inputs may name successors. */
    boolean readsSuccessors() {
        return false;
    }

    /** The state that the command gives its users; null if it gives none. */
    @Nullable
    Boolean activeAfter() {
        return null;
    }

    /** The successor for rows that name none; null if there is none. */
    @Nullable
    Long transferAdminTo() {
        return null;
    }

    @Override
    final List<InputSource> inputs(Consumer<String> notes) {
        return inputs.sources(notes);
    }

    @Override
    final CommandDefinition command(List<InputSource> sources) {
        return new CommandDefinition(
                spec.name(),
                inputs.arguments(),
                options().ofInput(inputs.columns(), transferAdminTo()),
                sources.stream().map(InputSource::fileName).toList());
    }

    @Override
    final String name(InputSource input) {
        return input.name();
    }

    @Override
    final boolean namesUsers() {
        return inputs.namesUsers();
    }

    @Override
    final Prepared prepare(InputSource input, Session session) {
        InputDigest digest = InputDigest.of(input);
        Operation operation = operation(new CsvRows(input, digest, inputs.columns(), readsSuccessors(), activeAfter()));
        RunDefinition definition = new RunDefinition(
                operation.command(),
                input.kind(),
                input.name(),
                digest.sha256(),
                options().ofInput(inputs.columns(), transferAdminTo()));
        return new Prepared(
                operation,
                options()
                        .request(
                                definition,
                                guard(),
                                rowLimits.limits(),
                                inputs.passesOverCompleted(input, options().joins())));
    }
}
