package com.fuse.users.cli.runs;

import com.fuse.users.cli.options.AgeConverter;
import com.fuse.users.purge.PurgedRuns;
import com.fuse.users.session.Session;
import com.fuse.users.terminal.Console;
import com.fuse.users.text.Counts;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code runs purge}: removes the records of old runs. */
@Command(
        name = "purge",
        description = "Removes all records of the runs that ended longer than DURATION ago, including Spring Batch's"
                + " metadata. It keeps runs that have not ended, and runs that a kept run undoes or uses as its plan."
                + " Report folders stay. If a purge is interrupted, the next one continues it. Files of a folder whose"
                + " runs are purged no longer count as completed.",
        footerHeading = "%nExample:%n",
        footer = "  fuse-users runs purge --older-than 90d")
public final class RunsPurgeCommand implements Runnable {

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            required = true,
            converter = AgeConverter.class,
            description = "How long ago a run must have ended: 90d, 12h, 30m (minutes), or in ISO 8601 P90D, PT12H.")
    private Duration olderThan = Duration.ZERO;

    private final Console console;

    public RunsPurgeCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        try (Session session = Session.open()) {
            PurgedRuns purged = session.purge().purge(olderThan);
            console.println("Purged %s that ended before %s: %s"
                    .formatted(
                            Counts.of(purged.runs(), "run"),
                            purged.before().truncatedTo(ChronoUnit.SECONDS),
                            Counts.of(purged.records(), "record")));
        }
    }
}
