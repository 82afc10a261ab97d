package com.fuse.users.cli;

import com.fuse.users.check.CheckResult;
import com.fuse.users.check.ConnectionItem;
import com.fuse.users.check.DatabaseChecks;
import com.fuse.users.check.InputCheck;
import com.fuse.users.cli.options.ColumnOptions;
import com.fuse.users.cli.options.ReportDirOption;
import com.fuse.users.cli.options.RowLimitOptions;
import com.fuse.users.deactivation.Deactivation;
import com.fuse.users.deactivation.RetainedData;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.input.InputException;
import com.fuse.users.input.InputSource;
import com.fuse.users.metrics.Receiver;
import com.fuse.users.report.RunReport;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.session.Settings;
import com.fuse.users.terminal.Console;
import com.fuse.users.text.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: tests all that a nightly run needs. */
@Command(
        name = "check",
        description = {
            "Tests all that a nightly run needs, and prints a line for each item.",
            "The items are the address, login and encryption of the"
                    + " database, its server, schema, rights and guards, the tables that refer to users, the report folder,"
                    + " the input, and the receiver of metrics. It creates the report folder if it does not exist, and"
                    + " changes nothing else.",
            "Exits with 78 if an item fails, otherwise with 0. After a warning, a run works, but somebody should look."
        },
        footerHeading = "%nExample:%n",
        footer = "  fuse-users check --report-dir /var/reports /var/spool/leavers")
final class CheckCommand implements Runnable {

    @Parameters(
            paramLabel = "FILE or FOLDER",
            arity = "0..*",
            description =
                    "The inputs of the run. It reads them to their end as a run of deactivate does, but does not look"
                            + " up their users.")
    private List<String> operands = new ArrayList<>();

    @Mixin
    private ReportDirOption reportDir = new ReportDirOption();

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    @Mixin
    private RowLimitOptions rowLimits = new RowLimitOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final Sessions sessions;
    private int failed;

    CheckCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        columns.check(spec);
        rowLimits.check();
        Environment settings = checkDatabase();
        checkFiles();
        print(metrics(settings));
        if (failed > 0) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "%s failed; the lines above say what to do".formatted(Counts.of(failed, "check")));
        }
    }

    /** Returns the settings. */
    private Environment checkDatabase() {
        Session opened;
        try {
            opened = sessions.toCheck();
        } catch (RuntimeException e) {
            print(failed(ConnectionItem.of(e), e));
            return Settings.read();
        }
        try (Session session = opened) {
            print(CheckResult.ok("address", session.database().describe()));
            try {
                checkDatabase(session);
            } catch (DataAccessException e) {
                print(failed("database", e));
            }
            return session.settings();
        }
    }

    private static CheckResult failed(String item, RuntimeException failure) {
        return CheckResult.failed(
                item,
                String.valueOf(
                        Failures.refusalIn(failure).orElseThrow(() -> failure).getMessage()));
    }

    private void checkDatabase(Session session) {
        DatabaseChecks checks = session.checks();
        print(checks.login());
        print(checks.tls());
        print(checks.server());
        CheckResult schema = refusable("schema", "up to date", session::requireSchema);
        print(schema);
        if (schema.status() == CheckResult.Status.FAILED) {
            // Without the schema, the rest has no meaning.
            return;
        }
        print(refusable("rights", "sufficient", () -> session.requireRights(Deactivation.largestChange())));
        print(checks.guards(RetainedData.guardedTables()));
        print(checks.tables(RetainedData.knownTables()));
    }

    private void checkFiles() {
        print(refusable(
                "report folder", reportDir.path().toString(), () -> RunReport.requireWritable(reportDir.path())));
        if (!operands.isEmpty()) {
            List<String> notes = new ArrayList<>();
            try {
                InputCheck check = new InputCheck(columns.choice(), rowLimits.limits());
                InputSource.resolve(operands, notes::add).forEach(input -> print(check.of(input)));
            } catch (InputException e) {
                print(failed("input", e));
            }
            notes.forEach(note -> print(CheckResult.warning("input", note)));
        }
    }

    private static CheckResult metrics(Environment settings) {
        Optional<Receiver> receiver = Receiver.check(settings);
        if (receiver.isEmpty()) {
            return CheckResult.ok("metrics", "no receiver is configured");
        }
        String problem = receiver.get().problem();
        return problem == null
                ? CheckResult.ok("metrics", receiver.get().name())
                : CheckResult.warning(
                        "metrics",
                        "%s: %s; a run works without it, but its figures are not sent"
                                .formatted(receiver.get().name(), problem));
    }

    private static CheckResult refusable(String item, String text, Runnable check) {
        try {
            check.run();
            return CheckResult.ok(item, text);
        } catch (RefusedException e) {
            return CheckResult.failed(item, String.valueOf(e.getMessage()));
        }
    }

    private void print(CheckResult result) {
        String status = result.status().name();
        console.println("%-8s %-14s %s"
                .formatted(
                        result.status() == CheckResult.Status.FAILED ? status : status.toLowerCase(Locale.ROOT),
                        result.item(),
                        result.text()));
        if (result.status() == CheckResult.Status.FAILED) {
            failed++;
        }
    }
}
