package com.fuse.users.cli.runs;

import static java.util.stream.Collectors.joining;

import com.fuse.users.cli.options.AgeConverter;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.purge.PurgePlan;
import com.fuse.users.purge.PurgePlan.OldRun;
import com.fuse.users.purge.PurgeResult;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.Terminal;
import com.fuse.users.text.Counts;
import com.fuse.users.text.Moments;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code runs purge}: removes the records of old runs. */
@Command(
        name = "purge",
        description = {
            "Removes all records of the runs that ended longer than DURATION ago, including Spring Batch's metadata. These"
                    + " runs can no longer be undone, shown or reported. It lists the runs and asks for confirmation.",
            "It keeps runs that have not ended, runs that a kept run undoes or uses as its plan, and report folders. Of a"
                    + " purged run it keeps the number, the command, the end, the digest of the input, and when and by which"
                    + " login it was purged: \"runs show\" tells, and a completed file of a folder stays completed. If a"
                    + " purge is interrupted, the same command continues it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  fuse-users runs purge --older-than 365d --dry-run", "  fuse-users runs purge --older-than 365d"})
public final class RunsPurgeCommand implements Runnable {

    private static final String LINE = "%-6s %-20s %12s %12s  %s%n";

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            required = true,
            converter = AgeConverter.class,
            description =
                    "How long ago a run must have ended: 90d, 12h, or in ISO 8601 P90D, PT12H. M is refused, because it"
                            + " may mean minutes or months.")
    private Duration olderThan = Duration.ZERO;

    @Option(names = "--dry-run", description = "List what would be removed, and remove nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask for confirmation. Required without a terminal.")
    private boolean yes;

    private final Console console;
    private final Sessions sessions;

    public RunsPurgeCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        if (!dryRun && !yes && !Terminal.canAsk()) {
            throw new RefusedException(
                    ExitCode.REFUSED,
                    "there is no terminal to confirm the purge on; see what it would remove by --dry-run, then run it again"
                            + " with --yes");
        }
        try (Session session = sessions.toWrite()) {
            console.println(session.database().line());
            PurgePlan plan = session.purge().plan(olderThan);
            show(plan);
            if (dryRun) {
                console.println("Would purge " + runs(plan, plan.runs().size()) + records(plan.records()));
                return;
            }
            requireConfirmation(plan, session.database());
            PurgeResult purged = session.purge().purge(plan);
            console.println("Purged " + runs(plan, purged.runs()) + records(purged.records()));
        }
    }

    private void show(PurgePlan plan) {
        if (!plan.runs().isEmpty()) {
            console.print(String.format(Locale.ROOT, LINE, "RUN", "ENDED", "ROWS", "RECORDS", "COMMAND"));
            plan.runs().forEach(run -> console.print(line(run)));
        }
        if (!plan.kept().isEmpty()) {
            console.println(
                    "Kept, because a run that is not purged undoes it or uses it as its plan, or its process is alive: "
                            + plan.kept().stream().map(run -> "run " + run).collect(joining(", ")));
        }
    }

    private static String line(OldRun run) {
        return String.format(
                Locale.ROOT,
                LINE,
                run.id(),
                Moments.of(run.endedAt()),
                run.rows() == null ? "" : Counts.figure(run.rows()),
                Counts.figure(run.records()),
                run.command() + (run.dryRun() ? " --dry-run" : ""));
    }

    private void requireConfirmation(PurgePlan plan, DatabaseLogin database) {
        if (yes || plan.runs().isEmpty()) {
            return;
        }
        String question = "Purge %s with %s on %s? They can no longer be undone, shown or reported."
                .formatted(
                        Counts.of(plan.runs().size(), "run"), Counts.of(plan.records(), "record"), database.describe());
        if (!console.confirms("", question)) {
            throw new RefusedException(
                    ExitCode.REFUSED, "the purge was not confirmed; run it again and answer y, or use --yes");
        }
    }

    private static String runs(PurgePlan plan, long runs) {
        return "%s that ended before %s".formatted(Counts.of(runs, "run"), Moments.of(plan.before()));
    }

    private static String records(long records) {
        return ": " + Counts.of(records, "record");
    }
}
