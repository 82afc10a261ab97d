package com.fuse.users.cli.options;

import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunOptions;
import com.fuse.users.run.request.GuardLimits;
import com.fuse.users.run.request.RowLimits;
import com.fuse.users.run.request.RunRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that changes users (contract, section 4). */
public final class ChangeOptions {

    public static final String DRY_RUN = "--dry-run";

    private static final int MAX_REASON = 200;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(validate = false, order = 10, heading = "%nPlan and confirmation:%n")
    private PlanOptions planning = new PlanOptions();

    @ArgGroup(validate = false, order = 40, heading = "%nResult and report:%n")
    private ResultOptions result = new ResultOptions();

    @ArgGroup(validate = false, order = 50, heading = "%nSpeed:%n")
    private SpeedOptions speed = new SpeedOptions();

    @ArgGroup(validate = false, order = 60, heading = "%nWaiting while the database is in trouble:%n")
    private ThrottleOptions throttle = new ThrottleOptions();

    private static final class PlanOptions {

        @Option(
                names = DRY_RUN,
                description =
                        "Plan: decide every outcome and report the rows that would be deleted and added, but change"
                                + " nothing.")
        private boolean dryRun;

        @Option(
                names = "--plan",
                paramLabel = "RUN",
                description = "Check the run against this plan, a run with --dry-run of the same command and input. The"
                        + " report marks the rows whose outcome differs from the plan.")
        private @Nullable Long plan;

        @Option(names = "--yes", description = "Skip the confirmation; required without a terminal.")
        private boolean yes;

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                description =
                        "The reason for the run, such as a ticket. It is recorded and appears in \"runs\", in the report"
                                + " and in JSON.")
        private @Nullable String reason;
    }

    private static final class ResultOptions {

        @Option(names = "--accept-skips", description = "Exit 0 even if rows were skipped.")
        private boolean acceptSkips;

        @Option(
                names = "--json",
                description =
                        "Print the summary of each run on standard output as a line of JSON. Messages for people go to"
                                + " standard error.")
        private boolean json;

        @ArgGroup(validate = false)
        private ReportDirOption reportDir = new ReportDirOption();
    }

    /** Refuses values that make no sense, before anything is opened. */
    public void check() {
        OptionCheck.require(
                spec,
                planning.reason == null || !planning.reason.isBlank() && planning.reason.length() <= MAX_REASON,
                "--reason must have 1 to " + MAX_REASON + " characters",
                planning.reason);
        speed.check();
        throttle.check();
    }

    /** Whether to print the summary of each run as JSON, for programs. */
    public boolean json() {
        return result.json;
    }

    /** The directory of all report folders. */
    public Path reportDir() {
        return result.reportDir.path();
    }

    /** The options that affect the outcomes of a run over an input. */
    public RunOptions ofInput(ColumnChoice columns, @Nullable Long transferAdminTo) {
        return new RunOptions(columns, planning.dryRun, planning.plan, transferAdminTo, null, false);
    }

    /** The options that affect the outcomes of an undo. */
    public RunOptions ofUndo(long undoneRunId, boolean withMemberships) {
        return new RunOptions(ColumnChoice.NONE, planning.dryRun, planning.plan, null, undoneRunId, withMemberships);
    }

    /** Whether to help a process that is working on the same input. */
    public boolean joins() {
        return speed.join();
    }

    /**
     * The request for one run.
     *
     * @param passOverCompleted whether to leave the input alone if it was completed before, or if an undo ended its run
     */
    public RunRequest request(
            RunDefinition definition, GuardLimits guard, RowLimits rowLimits, boolean passOverCompleted) {
        return new RunRequest(
                definition,
                planning.reason,
                guard,
                rowLimits,
                planning.yes,
                passOverCompleted,
                result.acceptSkips,
                result.reportDir.path(),
                speed.pace(),
                throttle.limits(),
                speed.join());
    }
}
