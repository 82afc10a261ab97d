package com.fuse.users.cli;

import com.fuse.users.cli.PendingRun.Order;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputSource;
import com.fuse.users.operation.Operation;
import com.fuse.users.run.GuardLimits;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.staging.CsvRows;
import com.fuse.users.terminal.Console;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a command over CSVs of users.
 *
 * @param withSuccessors whether the inputs may name successors
 * @param transferAdminTo the successor where the row names nobody; null if nobody is
 */
record CsvRuns(
        Function<CsvRows, Operation> operations,
        InputOptions inputs,
        ChangeOptions options,
        GuardLimits guard,
        boolean withSuccessors,
        @Nullable Long transferAdminTo) {

    /** Of a command that knows neither guard nor successors. */
    CsvRuns(Function<CsvRows, Operation> operations, InputOptions inputs, ChangeOptions options) {
        this(operations, inputs, options, new GuardLimits(null, null), false, null);
    }

    /** Makes all of them, and returns the exit status. */
    int make(Console console, CommandEnd end) {
        options.validate();
        List<PendingRun> pending = inputs.sources().stream()
                .map(input -> new PendingRun(input.name(), session -> order(input), inputs.namesUsers()))
                .toList();
        return new Runs(options.reportDir(), console, end).make(pending);
    }

    private Order order(InputSource input) {
        InputDigest digest = InputDigest.of(input);
        Operation operation = operations.apply(new CsvRows(input, digest, inputs.column(), withSuccessors));
        RunDefinition definition = new RunDefinition(
                operation.command(),
                input.kind(),
                input.name(),
                digest.sha256(),
                options.ofInput(inputs.column(), transferAdminTo));
        return new Order(operation, options.request(definition, guard, inputs.passesOverCompleted(input)));
    }
}
