package com.fuse.users.cli.options;

import com.fuse.users.run.request.ThrottleLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The limits above which a run waits between two chunks (contract, section 9). */
final class ThrottleOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--max-blocked",
            paramLabel = "DURATION",
            converter = TimeLimitConverter.class,
            description = "Wait while another session has been waiting for longer than this for a lock of the run."
                    + " Default: " + ThrottleLimits.DEFAULT_MAX_BLOCKED + "s.")
    private @Nullable Duration maxBlocked;

    @Option(
            names = "--max-archive-backlog",
            paramLabel = "N",
            description = "Wait while more than N segments of the write-ahead log wait to be archived. Default: "
                    + ThrottleLimits.DEFAULT_MAX_ARCHIVE_BACKLOG + ", if archive_mode is on.")
    private @Nullable Long maxArchiveBacklog;

    @Option(
            names = "--max-replica-lag",
            paramLabel = "DURATION",
            converter = TimeLimitConverter.class,
            description = "Wait while the slowest standby is further behind than this. Default: "
                    + ThrottleLimits.DEFAULT_MAX_REPLICA_LAG + "s, if the login has pg_read_all_stats.")
    private @Nullable Duration maxReplicaLag;

    @Option(
            names = "--throttle-query",
            paramLabel = "SQL",
            description = "Wait while this query, which returns one number, returns more than 0.")
    private @Nullable String throttleQuery;

    @Option(
            names = "--max-pause",
            paramLabel = "DURATION",
            converter = TimeLimitConverter.class,
            description = "End the run with exit code 75 if it has waited this long without a break; the same command"
                    + " resumes it. Default: " + ThrottleLimits.DEFAULT_MAX_PAUSE + "m.")
    private Duration maxPause = ThrottleLimits.DEFAULT.maxPause();

    /** Refuses values that make no sense. */
    void check() {
        OptionCheck.require(
                spec,
                maxArchiveBacklog == null || maxArchiveBacklog >= 0,
                "--max-archive-backlog must be 0 or more",
                maxArchiveBacklog);
        OptionCheck.require(
                spec,
                throttleQuery == null || !throttleQuery.isBlank(),
                "--throttle-query must be a query",
                throttleQuery);
    }

    ThrottleLimits limits() {
        return new ThrottleLimits(maxBlocked, maxArchiveBacklog, maxReplicaLag, throttleQuery, maxPause);
    }
}
