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
            if (!runs.isEmpty() && options.filter().acceptsEveryKind()) {
                console.print(missing(session.listings(), runs));
            }
        }
    }

    /** The numbers from the oldest listed run on that the list does not have. */
    private static String missing(RunListings listings, List<RunListing> runs) {
        long first = runs.get(runs.size() - 1).run().id();
        long last = runs.get(0).run().id();
        return ListText.missing(listings.purged(first, last), listings.unused(first, last));
    }
}
