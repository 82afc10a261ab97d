package com.fuse.users.cli.runs;

import com.fuse.users.cli.options.OptionCheck;
import com.fuse.users.history.RunListing;
import com.fuse.users.history.RunState;
import com.fuse.users.report.SummaryJson;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.SummaryText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code runs}: lists the runs in the database. */
@Command(
        name = "runs",
        description = "Lists the newest runs. \"runs show\" and \"runs report\" give the details of one run, \"runs"
                + " purge\" removes old runs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fuse-users runs",
            "  fuse-users runs --state stopped",
            "  fuse-users runs show 7 --json",
            "  fuse-users runs report 7",
            "  fuse-users runs purge --older-than 90d"
        })
public final class RunsCommand implements Runnable {

    private static final int DEFAULT_COUNT = 50;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "" + DEFAULT_COUNT,
            description = "The maximum number of runs. Default: ${DEFAULT-VALUE}.")
    private int count = DEFAULT_COUNT;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only runs in this state: ${COMPLETION-CANDIDATES}, in upper or lower case.")
    private @Nullable RunState state;

    private final Console console;
    private final Sessions sessions;

    public RunsCommand(Console console, Sessions sessions) {
        this.console = console;
        this.sessions = sessions;
    }

    @Override
    public void run() {
        OptionCheck.require(spec, count >= 1, "--count must be 1 or more", count);
        try (Session session = sessions.toRead()) {
            List<RunListing> runs = session.summaries().newest(count, state);
            if (json) {
                console.print(SummaryJson.of(runs));
            } else {
                console.println(session.database().line());
                console.print(SummaryText.list(runs));
            }
        }
    }
}
