package com.fuse.users.cli;

import com.fuse.users.cli.options.GuardOptions;
import com.fuse.users.cli.options.OptionCheck;
import com.fuse.users.deactivation.Deactivation;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.operation.Operation;
import com.fuse.users.run.Run;
import com.fuse.users.run.request.GuardLimits;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.staging.CsvRows;
import com.fuse.users.terminal.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deactivate}: the main job. */
@Command(
        name = "deactivate",
        description = {
            "Deactivates the users of each input.",
            "The same command on the same content resumes a run that failed, was stopped or was killed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users deactivate --dry-run leavers.csv",
            "  fuse-users deactivate --plan 7 leavers.csv",
            "  fuse-users deactivate --yes --accept-skips --max-percent 5 /var/spool/leavers",
            "  fuse-users deactivate --user 4711 --transfer-admin-to 815"
        })
final class DeactivateCommand extends CsvCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(validate = false, order = 30, heading = "%nGuard:%n")
    private GuardOptions guard = new GuardOptions();

    @Option(
            names = "--transfer-admin-to",
            paramLabel = "USER_ID",
            description = "Transfer the communities of admins in the input to this active user, instead of skipping"
                    + " the admins. A column transfer_admin_to does the same per row.")
    private @Nullable Long transferAdminTo;

    @Option(
            names = "--verify",
            description = "Verify each completed run as \"runs verify\" does, and exit with 1 if one does not hold. The"
                    + " run stays completed, and the command goes on with the next input.")
    private boolean verify;

    private final VerifiedRuns verified;

    DeactivateCommand(Console console, Sessions sessions, CommandEnd end, Failures failures) {
        super(console, sessions, end, failures);
        this.verified = new VerifiedRuns(console, end, failures);
    }

    @Override
    void checkOptions() {
        super.checkOptions();
        guard.check();
        if (transferAdminTo != null) {
            OptionCheck.requireUserId(spec, transferAdminTo);
        }
    }

    @Override
    void completed(Run run, Session session) {
        if (verify && !run.dryRun()) {
            verified.verify(run, session);
        }
    }

    /** A run that does not hold outranks every other end: the same command, repeated, verifies only its other runs. */
    @Override
    int status(int ended) {
        return verified.allHold() ? ended : ExitCode.FAILED.status();
    }

    @Override
    Operation operation(CsvRows rows) {
        return new Deactivation(rows);
    }

    @Override
    GuardLimits guard() {
        return guard.limits();
    }

    @Override
    Boolean activeAfter() {
        return false;
    }

    @Override
    boolean readsSuccessors() {
        return true;
    }

    @Override
    @Nullable
    Long transferAdminTo() {
        return transferAdminTo;
    }
}
