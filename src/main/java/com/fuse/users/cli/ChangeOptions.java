package com.fuse.users.cli;

import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputSource;
import com.fuse.users.run.GuardLimits;
import com.fuse.users.run.RunRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that change users (contract, section 4). */
final class ChangeOptions {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MAX_CHUNK_SIZE = 50_000;
    private static final int MAX_PARTITIONS = 16;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--dry-run",
            description = "Plan: decide every outcome, report the rows that would be deleted, change nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask. Without a terminal, a run needs it.")
    private boolean yes;

    @Option(
            names = "--max-users",
            paramLabel = "N",
            description = "Do nothing (exit 77) if more than N users would be deactivated.")
    private @Nullable Long maxUsers;

    @Option(
            names = "--max-percent",
            paramLabel = "P",
            description = "Do nothing (exit 77) if more than P %% of the active users would be deactivated."
                    + " Default: 20, judging only inputs that would deactivate more than 100.")
    private @Nullable BigDecimal maxPercent;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column that identifies users. Default: user_id (also id, fuse id, user id), username,"
                    + " or email.")
    private @Nullable String column;

    @Option(names = "--accept-skips", description = "Exit 0 also where rows were skipped.")
    private boolean acceptSkips;

    @Option(names = "--again", description = "Of a folder, also the files that were completed before.")
    private boolean again;

    @Option(
            names = "--report-dir",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "Where the run's folder goes. Default: ${DEFAULT-VALUE}.")
    private Path reportDir = Path.of("reports");

    @Option(
            names = "--chunk-size",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Users changed in one transaction. Default: ${DEFAULT-VALUE}.")
    private int chunkSize = 1_000;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "2",
            description = "Ranges of user IDs that are worked on side by side. Default: ${DEFAULT-VALUE}.")
    private int partitions = 2;

    /** Refuses values that make no sense, before anything is opened. */
    void validate() {
        require(maxUsers == null || maxUsers >= 0, "--max-users must be 0 or more", maxUsers);
        require(
                maxPercent == null || maxPercent.signum() >= 0 && maxPercent.compareTo(HUNDRED) <= 0,
                "--max-percent must be from 0 to 100",
                maxPercent);
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

    RunRequest request(String command, InputSource input, InputDigest digest) {
        return new RunRequest(
                command,
                input,
                digest,
                column,
                dryRun,
                new GuardLimits(maxUsers, maxPercent),
                yes,
                input.fromFolder() && !again,
                acceptSkips,
                reportDir,
                chunkSize,
                partitions);
    }

    private void require(boolean condition, String rule, @Nullable Object value) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), rule + ", not " + value);
        }
    }
}
