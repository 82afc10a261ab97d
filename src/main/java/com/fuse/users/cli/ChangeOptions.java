package com.fuse.users.cli;

import com.fuse.users.run.GuardLimits;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunOptions;
import com.fuse.users.run.RunRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that changes users (contract, section 4). */
final class ChangeOptions {

    static final String DRY_RUN = "--dry-run";

    /** Holds a chunk's locks for some 40 ms on a machine of two cores, and below 250 ms on one four times slower. */
    private static final int DEFAULT_CHUNK_SIZE = 500;

    private static final int MAX_CHUNK_SIZE = 50_000;
    private static final int MAX_PARTITIONS = 16;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = DRY_RUN,
            description =
                    "Plan: decide every outcome, report the rows that would be deleted and added, change nothing.")
    private boolean dryRun;

    @Option(
            names = "--plan",
            paramLabel = "RUN",
            description =
                    "Hold the run to this plan, a run with --dry-run of the same command and input. Rows that come"
                            + " out otherwise than planned are marked in the report.")
    private @Nullable Long plan;

    @Option(names = "--yes", description = "Do not ask. Without a terminal, a run needs it.")
    private boolean yes;

    @Option(names = "--accept-skips", description = "Exit 0 also where rows were skipped.")
    private boolean acceptSkips;

    @Option(
            names = "--report-dir",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "Where the run's folder goes. Default: ${DEFAULT-VALUE}.")
    private Path reportDir = Path.of("reports");

    @Option(
            names = "--chunk-size",
            paramLabel = "N",
            defaultValue = "" + DEFAULT_CHUNK_SIZE,
            description = "Users changed in one transaction. Default: ${DEFAULT-VALUE}.")
    private int chunkSize = DEFAULT_CHUNK_SIZE;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "2",
            description = "Ranges of user IDs that are worked on side by side. Default: ${DEFAULT-VALUE}.")
    private int partitions = 2;

    /** Refuses values that make no sense, before anything is opened. */
    void validate() {
        require(
                chunkSize >= 1 && chunkSize <= MAX_CHUNK_SIZE,
                "--chunk-size must be from 1 to " + MAX_CHUNK_SIZE,
                chunkSize);
        require(
                partitions >= 1 && partitions <= MAX_PARTITIONS,
                "--partitions must be from 1 to " + MAX_PARTITIONS,
                partitions);
    }

    Path reportDir() {
        return reportDir;
    }

    /** What bears on the outcomes of a run over an input. */
    RunOptions ofInput(@Nullable String column, @Nullable Long transferAdminTo) {
        return new RunOptions(column, dryRun, plan, transferAdminTo, null, false);
    }

    /** What bears on the outcomes of an undo. */
    RunOptions ofUndo(long undoneRunId, boolean withMemberships) {
        return new RunOptions(null, dryRun, plan, null, undoneRunId, withMemberships);
    }

    RunRequest request(RunDefinition definition, GuardLimits guard, boolean passOverCompleted) {
        return new RunRequest(definition, guard, yes, passOverCompleted, acceptSkips, reportDir, chunkSize, partitions);
    }

    private void require(boolean condition, String rule, Object value) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), rule + ", not " + value);
        }
    }
}
