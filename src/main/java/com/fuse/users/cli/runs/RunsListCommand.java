package com.fuse.users.cli.runs;

import com.fuse.users.cli.options.RunListOptions;
import com.fuse.users.history.RunListing;
import com.fuse.users.history.RunListings;
import com.fuse.users.report.SummaryJson;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.ListText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code runs list}: lists the runs in the database. */
@Command(name = "list", description = "Lists the newest runs, as \"runs\" does.")
public final class RunsListCommand implements Runnable {

    @Mixin
    private RunListOptions options = new RunListOptions();

    private final Console console;
    private final Sessions sessions;

    public RunsListCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        list(options, console, sessions);
    }

    /** Prints the list. */
    static void list(RunListOptions options, Console console, Sessions sessions) {
        options.check();
        try (Session session = sessions.toRead()) {
            List<RunListing> runs = session.listings().newest(options.filter());
            if (options.json()) {
                console.print(SummaryJson.of(runs));
                return;
            }
            console.println(session.database().line());
            console.print(ListText.of(runs));
            if (options.filter().acceptsEveryKind()) {
                console.print(missing(session.listings(), runs, options.filter().isExhaustedBy(runs.size())));
            }
        }
    }

    /** The numbers that the list does not have, from the first run on if it has all runs, otherwise from its oldest. */
    private static String missing(RunListings listings, List<RunListing> runs, boolean isComplete) {
        if (runs.isEmpty() && !isComplete) {
            return "";
        }
        long first = isComplete ? 1 : runs.get(runs.size() - 1).run().id();
        return ListText.missing(listings.purgedSince(first), listings.unusedSince(first));
    }
}
