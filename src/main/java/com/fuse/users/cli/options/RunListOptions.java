package com.fuse.users.cli.options;

import com.fuse.users.history.RunFilter;
import com.fuse.users.history.RunState;
import com.fuse.users.run.CommandName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of the list of runs. */
public final class RunListOptions {

    private static final int DEFAULT_COUNT = 50;

    @Spec(Spec.Target.MIXEE)
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

    @Option(
            names = "--command",
            paramLabel = "COMMAND",
            converter = CommandNameConverter.class,
            completionCandidates = CommandNames.class,
            description = "Only runs of this command: ${COMPLETION-CANDIDATES}.")
    private @Nullable CommandName command;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "Only runs that started at this time or later: a date such as 2026-11-29, a time such as"
                    + " 2026-11-29T02:30:00Z, or how long ago, such as 7d or 12h. Dates are in UTC.")
    private @Nullable Instant since;

    /** Refuses values that make no sense. */
    public void check() {
        OptionCheck.require(spec, count >= 1, "--count must be 1 or more", count);
    }

    /** Whether to print JSON. */
    public boolean json() {
        return json;
    }

    /** Which runs to list. */
    public RunFilter filter() {
        return new RunFilter(count, state, command, since);
    }
}
