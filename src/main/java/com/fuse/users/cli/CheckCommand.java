package com.fuse.users.cli;

import com.fuse.users.check.CheckResult;
import com.fuse.users.check.DatabaseChecks;
import com.fuse.users.cli.options.ReportDirOption;
import com.fuse.users.deactivation.Deactivation;
import com.fuse.users.deactivation.RetainedData;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.input.InputSource;
import com.fuse.users.metrics.Receiver;
import com.fuse.users.report.RunReport;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.text.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
            description = "The inputs of the run. It checks that they exist and may be read, not their content.")
    private List<String> operands = new ArrayList<>();

    @Mixin
    private ReportDirOption reportDir = new ReportDirOption();

    private final Console console;
    private final Sessions sessions;
    private int failed;

    CheckCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        Environment settings = checkDatabase();
        checkFiles();
        if (settings != null) {
            print(metrics(settings));
        }
        if (failed > 0) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "%s failed; the lines above say what to do".formatted(Counts.of(failed, "check")));
        }
    }

    /** Returns the settings; null if the database cannot be reached. */
    private @Nullable Environment checkDatabase() {
        try (Session session = sessions.toCheck()) {
            print(CheckResult.ok("address", session.database().describe()));
            checkDatabase(session);
            return session.settings();
        } catch (RuntimeException e) {
            print(CheckResult.failed(
                    "database",
                    String.valueOf(Failures.refusalIn(e).orElseThrow(() -> e).getMessage())));
            return null;
        }
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
            List<InputSource> inputs = new ArrayList<>();
            print(refusable("input", () -> {
                inputs.addAll(InputSource.resolve(operands, notes::add));
                return Counts.of(inputs.size(), "file");
            }));
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
        return refusable(item, () -> {
            check.run();
            return text;
        });
    }

    private static CheckResult refusable(String item, Supplier<String> check) {
        try {
            return CheckResult.ok(item, check.get());
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
