package com.fuse.users.oracle;

import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.deactivation.Deactivation;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputSource;
import com.fuse.users.job.RunEnd;
import com.fuse.users.operation.Confirmation;
import com.fuse.users.operation.Operation;
import com.fuse.users.oracle.Action.CommandOptions;
import com.fuse.users.oracle.Action.Consent;
import com.fuse.users.oracle.Action.Deactivate;
import com.fuse.users.oracle.Action.InputTask;
import com.fuse.users.oracle.Action.Reactivate;
import com.fuse.users.oracle.Input.Column;
import com.fuse.users.reactivation.Reactivation;
import com.fuse.users.reactivation.Reissue;
import com.fuse.users.reactivation.Undo;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunOptions;
import com.fuse.users.run.request.GuardLimits;
import com.fuse.users.run.request.Pace;
import com.fuse.users.run.request.RowLimits;
import com.fuse.users.run.request.RunRequest;
import com.fuse.users.run.request.ThrottleLimits;
import com.fuse.users.staging.CsvRows;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives commands to the program as the command line does.
 *
 * @param plan the number of the plan that the command is held to; null if none
 */
record Commands(
        Program program, CommandOptions options, @Nullable Long plan, Confirmation confirmation) {

    /** Gives the command on a file of these rows. */
    RunEnd run(InputTask task) {
        Column only = task.input().identifying().get(0);
        ColumnChoice columns =
                task.input().only() == null ? ColumnChoice.NONE : new ColumnChoice(only.heading(), false, null);
        return run(task, program.write(task.input().lines()), columns);
    }

    /** Gives the same command on another file. */
    RunEnd run(InputTask task, Path file, ColumnChoice columns) {
        InputSource source =
                InputSource.resolve(List.of(file.toString()), passedOver -> {}).get(0);
        InputDigest digest = InputDigest.of(source);
        CsvRows rows = new CsvRows(source, digest, columns, task instanceof Deactivate, task.activeAfter());
        Operation operation = task instanceof Deactivate
                ? new Deactivation(rows)
                : task instanceof Reactivate ? new Reactivation(rows) : new Reissue(rows);
        RunOptions runOptions = new RunOptions(columns, options.dryRun(), plan, task.transferAdminTo(), null, false);
        return launch(
                operation,
                new RunDefinition(operation.command(), source.kind(), source.name(), digest.sha256(), runOptions));
    }

    RunEnd undo(long run, boolean withMemberships) {
        Undo undo = Undo.of(program.run(run), withMemberships);
        return launch(
                undo,
                undo.definition(new RunOptions(ColumnChoice.NONE, options.dryRun(), plan, null, run, withMemberships)));
    }

    private RunEnd launch(Operation operation, RunDefinition definition) {
        RunRequest request = new RunRequest(
                definition,
                null,
                new GuardLimits(options.maxUsers(), options.maxPercent()),
                new RowLimits(null, options.maxBadPercent()),
                options.consent() == Consent.IN_ADVANCE,
                false,
                options.acceptSkips(),
                program.reportDir(),
                new Pace(options.chunkSize(), options.partitions(), false),
                ThrottleLimits.DEFAULT,
                false);
        return program.launch(operation, request, confirmation);
    }
}
