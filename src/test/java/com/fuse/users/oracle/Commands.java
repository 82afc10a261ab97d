package com.fuse.users.oracle;

import com.fuse.users.deactivation.Deactivation;
import com.fuse.users.input.ColumnChoice;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputSource;
import com.fuse.users.job.RunEnd;
import com.fuse.users.operation.Confirmation;
import com.fuse.users.operation.Operation;
import com.fuse.users.oracle.Action.CommandOptions;
import com.fuse.users.oracle.Action.Consent;
import com.fuse.users.oracle.Action.Deactivate;
import com.fuse.users.reactivation.Reactivation;
import com.fuse.users.reactivation.Reissue;
import com.fuse.users.reactivation.Undo;
import com.fuse.users.run.GuardLimits;
import com.fuse.users.run.RowLimits;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunOptions;
import com.fuse.users.run.RunRequest;
import com.fuse.users.staging.CsvRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives commands to the program as the command line does.
 *
 * @param plan the number of the plan that the command is held to; null if none
 */
record Commands(
        Program program, CommandOptions options, @Nullable Long plan, Confirmation confirmation) {

    RunEnd deactivate(Deactivate task) {
        return make(Deactivation::new, task.input(), true, false, task.transferAdminTo());
    }

    RunEnd reactivate(Input input) {
        return make(Reactivation::new, input, false, true, null);
    }

    RunEnd reissue(Input input) {
        return make(Reissue::new, input, false, null, null);
    }

    RunEnd undo(long run, boolean withMemberships) {
        Undo undo = Undo.of(program.run(run), withMemberships);
        return launch(
                undo,
                undo.definition(new RunOptions(ColumnChoice.NONE, options.dryRun(), plan, null, run, withMemberships)));
    }

    private RunEnd make(
            Function<CsvRows, Operation> operations,
            Input input,
            boolean withSuccessors,
            @Nullable Boolean activeAfter,
            @Nullable Long transferAdminTo) {
        InputSource source = source(input);
        InputDigest digest = InputDigest.of(source);
        Operation operation =
                operations.apply(new CsvRows(source, digest, ColumnChoice.NONE, withSuccessors, activeAfter));
        RunOptions runOptions = new RunOptions(ColumnChoice.NONE, options.dryRun(), plan, transferAdminTo, null, false);
        return launch(
                operation,
                new RunDefinition(operation.command(), source.kind(), source.name(), digest.sha256(), runOptions));
    }

    private InputSource source(Input input) {
        try {
            String file = Files.write(program.folder().resolve("users.csv"), input.lines())
                    .toString();
            return InputSource.resolve(List.of(file), line -> {}).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunEnd launch(Operation operation, RunDefinition definition) {
        RunRequest request = new RunRequest(
                definition,
                new GuardLimits(options.maxUsers(), options.maxPercent()),
                RowLimits.DEFAULT,
                options.consent() == Consent.IN_ADVANCE,
                false,
                options.acceptSkips(),
                program.reportDir(),
                options.chunkSize(),
                options.partitions());
        return program.launch(operation, request, confirmation);
    }
}
